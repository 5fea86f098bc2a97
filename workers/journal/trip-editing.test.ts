import { describe, expect, it } from 'vitest';
import { tripEdits, type NamedTrip, type TripEdit } from '#core/collections/trip-edit.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { standingAt } from '#core/journal/replayed-trip.ts';
import { plainTrip } from './bare-trip.ts';
import { tripBook } from './trip-book.ts';
import { markIds, mergePlan, tripDeals } from './trip-editing.ts';

/** Two entries and two exits of one position, then a round trip of another, both bought. */
const deals = [
  madeDeal({ deal: '1', position: '1', atMs: 1, price: 1.1 }),
  madeDeal({ deal: '2', position: '1', atMs: 2, price: 1.1 }),
  madeDeal({ deal: '3', position: '1', atMs: 3, kind: 'sell', entry: 'out', profit: 10 }),
  madeDeal({ deal: '4', position: '1', atMs: 4, kind: 'sell', entry: 'out', profit: 30 }),
  madeDeal({ deal: '5', position: '5', atMs: 5, price: 1.2 }),
  madeDeal({ deal: '6', position: '5', atMs: 6, kind: 'sell', entry: 'out', profit: -5 }),
  madeDeal({ deal: '7', position: '7', atMs: 7, kind: 'sell' }),
];
const mark = (position: string, parts: object) => ({
  ...{ id: `100@Demo ${position}`, tags: [], met: [], mistakes: [], updatedMs: 1 },
  ...parts,
});
const merge = (trips: readonly NamedTrip[]): TripEdit => ({
  ...{ id: 'm', kind: 'merge', trips, at: null, updatedMs: 1 },
});
const split: TripEdit = { id: 's', kind: 'split', trips: [], at: '100@Demo 2', updatedMs: 1 };
const [one, five] = ['100@Demo 1', '100@Demo 5'];

function open(...edits: readonly TripEdit[]) {
  const book = tripBook();
  book.sources([{ id: 'a', account: '100@Demo', currency: 'USD', deals }]);
  book.marks([
    mark('1', { tags: ['Gap'], rating: null }),
    mark('5', { tags: ['Late', 'Gap'], rating: 4, playbook: 'p', met: ['c'] }),
  ]);
  book.notes(new Map([['100@Demo 5', 'Chased it']]));
  book.edits(edits);
  return book;
}

describe('merging in the journal', () => {
  it('refuses more names than a decision holds', () => {
    const many = Array.from({ length: 3_000 }, (_, n) => [
      madeDeal({ deal: `${2 * n + 1}`, position: `${n}`, atMs: n }),
      madeDeal({ deal: `${2 * n + 2}`, position: `${n}`, atMs: n, kind: 'sell', entry: 'out' }),
    ]).flat();
    const ids = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => `100@Demo ${from + at}`);
    const book = tripBook();
    book.sources([{ id: 'a', account: '100@Demo', currency: 'USD', deals: many }]);
    const edits: TripEdit[] = [];
    let fault: string | null = null;
    for (let from = 1; from < 2_900 && fault === null; from += 199) {
      const plan = mergePlan(book, ['100@Demo 0', ...ids(from, from + 199)]);
      if ('fault' in plan) fault = plan.fault;
      else {
        const rule = tripEdits.fields['trips']!;
        const shape = 'shape' in rule ? rule.shape : null;
        expect(() => shape!(plan.trips, 'trips')).not.toThrow();
        edits.push({ ...merge(plan.trips), id: `m${from}` });
        book.edits([...edits]);
      }
    }
    expect(fault).toBe('parts');
  });

  it('shows what is written at each part, finds it by either id, and undone is as before', () => {
    const before = open().all().map(plainTrip);
    const plan = mergePlan(open(), [one, five]);
    const book = open(merge('trips' in plan ? plan.trips : []));
    expect(book.all().map(({ id, net }) => [id, net])).toEqual([
      [one, 35],
      ['100@Demo 7', 0],
    ]);
    const merged = book.trip(five)!;
    expect(merged).toBe(book.trip(one));
    expect(merged).toMatchObject({ tags: ['Gap', 'Late'], rating: 4, playbook: 'p', met: ['c'] });
    expect(book.sought(merged)).toContain('chased it');
    expect(markIds(book, [one, 'gone', five])).toEqual([[one, five], ['gone']]);
    book.edits([]);
    expect(book.all().map(plainTrip)).toEqual(before);
  });

  it('goes on with one that was merged or split before', () => {
    const first = mergePlan(open(split), [`${one}~2`, five]);
    const book = open(split, merge('trips' in first ? first.trips : []));
    expect(book.all().map(({ id, net }) => [id, net])).toEqual([
      [one, 10],
      [`${one}~2`, 25],
      ['100@Demo 7', 0],
    ]);
    const all = mergePlan(book, [one, five]);
    const whole = open(split, { ...merge('trips' in all ? all.trips : []), id: 'n' });
    expect(whole.all().map(({ net }) => net)).toEqual([35, 0]);
  });

  it('says why some cannot be one', () => {
    expect(mergePlan(open(), [one])).toEqual({ fault: 'one' });
    expect(mergePlan(open(), [one, one])).toEqual({ fault: 'one' });
    expect(mergePlan(open(), [one, '100@Demo 7'])).toEqual({ fault: 'side' });
    expect(
      mergePlan(
        open(),
        Array.from({ length: 201 }, () => one),
      ),
    ).toEqual({ fault: 'many' });
  });
});

describe('splitting in the journal', () => {
  it('is offered at every deal but the first entry and the first exit', () => {
    const may = (book: ReturnType<typeof open>, id: string) =>
      tripDeals(book, id).map(({ maySplit }) => maySplit);
    expect(may(open(), one)).toEqual([false, true, false, true]);
    expect(may(open(), five)).toEqual([false, false]);
    expect(may(open(split), `${one}~2`)).toEqual([false, false]);
    expect(tripDeals(open(), 'gone')).toEqual([]);
  });
});

describe('the deals of a round trip', () => {
  /** Two entries at different prices and one exit of both, booked against their mean. */
  const scaled = [
    madeDeal({ deal: '1', position: '1', atMs: 1, volumeLots: 0.1, price: 1.1 }),
    madeDeal({ deal: '2', position: '1', atMs: 2, volumeLots: 0.3, price: 1.14 }),
    madeDeal({
      ...{ deal: '3', position: '1', atMs: 3, kind: 'sell', entry: 'out' },
      ...{ volumeLots: 0.4, price: 1.15, profit: 800 },
    }),
  ];
  function told(id: string, ...edits: readonly TripEdit[]) {
    const book = tripBook();
    book.sources([{ id: 'a', account: '100@Demo', currency: 'USD', deals: scaled }]);
    book.edits(edits);
    const { gross } = book.trip(id)!;
    return {
      gross,
      deals: tripDeals(book, id).map(({ volumeLots, profit }) => [volumeLots, profit]),
    };
  }

  it('are whole where it is', () => {
    const whole = [
      [0.1, 0],
      [0.3, 0],
      [0.4, 800],
    ];
    expect(told(one)).toEqual({ gross: 800, deals: whole });
    const parts = [null, '100@Demo 2'].map((cut) => ({ deal: '100@Demo 1', cut }));
    expect(told(one, split, merge(parts))).toEqual({ gross: 800, deals: whole });
  });

  it('are of a part what is its own of them, in volume and money', () => {
    const [first, second] = [told(one, split), told(`${one}~2`, split)];
    expect(first).toEqual({
      gross: 500,
      deals: [
        [0.1, 0],
        [0.1, 500],
      ],
    });
    expect(second).toEqual({
      gross: 300,
      deals: [
        [0.3, 0],
        [0.3, 300],
      ],
    });
  });
});

describe('a replay, at its end', () => {
  /** As the list and the replay tell each round trip of these deals. */
  function endsOf(told: readonly ReturnType<typeof madeDeal>[], ...edits: readonly TripEdit[]) {
    const book = tripBook();
    book.sources([{ id: 'a', account: '100@Demo', currency: 'USD', deals: told }]);
    book.edits(edits);
    return book.all().map((trip) => {
      const end = standingAt(trip, tripDeals(book, trip.id), { ms: 1_000, price: 1.5 });
      expect(end).toMatchObject({ phase: 'closed', openLots: 0 });
      expect(end.money).toBeCloseTo(trip.gross, 8);
      return trip.gross;
    });
  }

  it('stands at what each came to where a net turned', () => {
    const net = { entry: null, volumeLots: 0.1, price: 1.1 };
    const turned = [
      madeDeal({ ...net, deal: '1', atMs: 1 }),
      madeDeal({ ...net, deal: '2', atMs: 2, kind: 'sell', volumeLots: 0.3, profit: 100 }),
      madeDeal({ ...net, deal: '3', atMs: 3, volumeLots: 0.2, profit: 70 }),
    ];
    expect(endsOf(turned)).toEqual([100, 70]);
  });

  it('stands at what each came to where one was split by hand', () => {
    expect(endsOf(deals.slice(0, 4), split)).toEqual([10, 30]);
    const entry = madeDeal({ deal: '1', position: '1', atMs: 1, volumeLots: 0.2 });
    const out = { position: '1', kind: 'sell', entry: 'out', volumeLots: 0.1 } as const;
    const exits = [
      madeDeal({ ...out, deal: '2', atMs: 2, profit: 10 }),
      madeDeal({ ...out, deal: '3', atMs: 3, profit: 20 }),
    ];
    expect(endsOf([entry, ...exits], { ...split, at: '100@Demo 3' })).toEqual([10, 20]);
  });
});
