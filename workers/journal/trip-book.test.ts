import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TripMark } from '#core/collections/trip-mark.ts';
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { findZone } from '#core/market/zone.ts';
import type { TripFilter } from './api.ts';
import { plainTrip } from './bare-trip.ts';
import { tripBook, type DealSource } from './trip-book.ts';
import { filtered, windowOf } from './trip-filter.ts';
import { daysOf, summaries } from '#core/journal/trip-sums.ts';

const hour = 3_600_000;
const base = Date.UTC(2026, 9, 5);

/** Round trips one after another, an hour each; the deals of the n-th are 2n + 1 and 2n + 2. */
function dealsOf(profits: readonly number[], account = '1@Demo'): JournalDeal[] {
  return profits.flatMap((profit, n) => {
    const [opened, closed] = [String(2 * n + 1), String(2 * n + 2)];
    const atMs = base + 2 * n * hour;
    const shared = { account, position: opened, symbol: n % 2 === 0 ? 'EURUSD' : 'XAUUSD' };
    return [
      madeDeal({ ...shared, deal: opened, atMs, commission: -1, sl: 1.09, comment: `idea ${n}` }),
      madeDeal({
        ...{ ...shared, deal: closed, kind: 'sell', entry: 'out', atMs: atMs + hour },
        ...{ price: 1.1 + profit / 10_000, profit },
      }),
    ];
  });
}
const source = (id: string, deals: readonly JournalDeal[], currency = 'USD'): DealSource => ({
  ...{ id, deals, currency },
  account: deals[0]?.account ?? '1@Demo',
});
const markOf = (position: string, written: Partial<TripMark>): TripMark => ({
  ...{ id: `1@Demo ${position}`, tags: [], met: [], mistakes: [], updatedMs: 1 },
  ...written,
});
const every: TripFilter = {
  ...{ account: null, symbol: null, side: null, tag: null, outcome: null },
  ...{ fromMs: null, untilMs: null, text: '' },
};
const money = (deals: readonly JournalDeal[]) =>
  deals.reduce(
    (sum, { profit, commission, fee, swap }) => sum + profit + commission + fee + swap,
    0,
  );

describe('the journal', () => {
  it('counts each round trip in the money of its own source, where an account has several', () => {
    const [first, second, third] = [dealsOf([100]), dealsOf([0, 50]).slice(2), dealsOf([0, 0, 7])];
    const book = tripBook();
    const read = () => book.all().map(({ currency, net }) => [currency, net]);
    const sources = [source('a', first), source('b', second, 'IDR')];
    for (const told of [sources, sources.toReversed()]) {
      book.sources(told);
      expect(read()).toEqual([
        ['USD', 99],
        ['IDR', 49],
      ]);
    }
    // What no source tells is in the money of the account, where that has but one.
    book.sources([source('a', first), { ...source('c', third.slice(4)), currency: null }]);
    expect(read().map(([currency]) => currency)).toEqual(['USD', 'USD']);
  });

  it('counts each deal once, however statements overlap, and forgets what is taken away', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 5 }),
        (profits, spans) => {
          const deals = dealsOf(profits);
          const parts = spans.map(([a, b], i) =>
            source(String(i), deals.slice(Math.min(a, b), Math.max(a, b))),
          );
          const book = tripBook();
          book.sources([source('all', deals), ...parts]);
          const whole = book.all().map(plainTrip);
          expect(whole).toHaveLength(profits.length);
          const net = summaries(whole)[0]?.net;
          expect(net).toBeCloseTo(money(deals), 8);
          expect(book.known(deals)).toBe(deals.length);
          const later = deals.map((deal) => ({ ...deal, atMs: deal.atMs + 3_600_000 }));
          expect([book.known(later), book.moved(later)]).toEqual([deals.length, deals.length]);
          expect(book.moved(deals)).toBe(0);
          // Undone: as if the statement had never been there; brought back: as it was.
          book.sources(parts);
          const rest = tripBook();
          rest.sources(parts.toReversed());
          expect(book.all().map(plainTrip)).toEqual(rest.all().map(plainTrip));
          book.sources([...parts, source('all', deals)]);
          expect(book.all().map(plainTrip)).toEqual(whole);
        },
      ),
    );
  });

  it('joins what is written, and drops it where it is taken off', () => {
    const book = tripBook();
    book.sources([source('a', dealsOf([30, -20]))]);
    book.marks([markOf('1', { tags: ['Late'], rating: 4, playbook: 'p', met: ['c'] })]);
    const marked = { tags: ['Late'], rating: 4, playbook: 'p', met: ['c'], currency: 'USD' };
    expect(book.trip('1@Demo 1')).toMatchObject(marked);
    expect(book.trip('1@Demo 1')?.r).toBeCloseTo(29 / 100, 8);
    book.marks([]);
    expect(book.trip('1@Demo 1')).toMatchObject({ tags: [], rating: null, playbook: null });
    expect(book.trip('1@Demo 9')).toBeNull();
  });

  it('tells the comments of the deals and the notes of one, each once', () => {
    const book = tripBook();
    book.sources([source('a', dealsOf([30, -20]))]);
    book.notes(new Map([['1@Demo 3', '\nWhy\nOf the news']]));
    const said = book.all().map((trip) => [book.comment(trip), book.note(trip)]);
    expect(said).toEqual([
      ['idea 0', ''],
      ['idea 1', 'Why\nOf the news'],
    ]);
  });

  it('never adds up two currencies', () => {
    const book = tripBook();
    const euros = source('b', dealsOf([7], '2@Demo'), 'EUR');
    book.sources([source('a', dealsOf([30, -20])), euros]);
    const net = summaries(book.all()).map((each) => [each.currency, each.net]);
    expect(net).toEqual([
      ['USD', 8],
      ['EUR', 6],
    ]);
    expect(daysOf(book.all(), 'UTC')).toEqual([
      { currency: 'USD', day: '2026-10-05', trips: 2, net: 8 },
      { currency: 'EUR', day: '2026-10-05', trips: 1, net: 6 },
    ]);
  });
});

describe('a filter', () => {
  const book = tripBook();
  book.sources([
    source('a', [
      ...dealsOf([30, -20, 10]),
      madeDeal({ account: '1@Demo', deal: '99', position: '99', atMs: base + 90 * hour }),
    ]),
  ]);
  book.marks([
    markOf('3', { tags: ['Gap'], playbook: 'p' }),
    markOf('5', { mistakes: ['Chased'], rating: 4 }),
  ]);
  book.notes(new Map([['1@Demo 5', 'Waited for the news']]));
  const at = (hours: number) => new Date(base + hours * hour).getUTCHours();
  const ids = (filter: Partial<TripFilter>) =>
    filtered(book, { ...every, ...filter }).map(({ id }) => id.slice('1@Demo '.length));

  it.each<[string, Partial<TripFilter>, readonly string[]]>([
    ['of nothing', {}, ['1', '3', '5', '99']],
    ['of a symbol', { symbol: 'XAUUSD' }, ['3']],
    ['of a side', { side: 'sell' }, []],
    ['of another account', { account: '2@Demo' }, []],
    ['of a tag', { tag: 'Gap' }, ['3']],
    ['of a playbook', { playbook: 'p' }, ['3']],
    ['of a mistake', { mistake: 'Chased' }, ['5']],
    ['of words of a mistake', { text: 'chas' }, ['5']],
    ['of winners', { outcome: 'won' }, ['1', '5']],
    ['of losers', { outcome: 'lost' }, ['3']],
    ['of what is open', { outcome: 'open' }, ['99']],
    ['of a comment', { text: 'idea 1' }, ['3']],
    ['of words of a note in another order', { text: 'news EURUSD' }, ['5']],
    ['of a span, its end not within', { fromMs: base + hour, untilMs: base + 3 * hour }, ['1']],
    ['of results from an amount', { more: { result: '8..' } }, ['1', '5']],
    ['of R up to a figure', { more: { r: '..0.1' } }, ['3', '5']],
    ['of minutes held', { more: { held: '60..60' } }, ['1', '3', '5']],
    ['of a weekday by the clock', { more: { weekday: '1' } }, ['1', '3', '5']],
    ['of hours by the clock', { more: { hour: `${at(0)}..${at(0)}` } }, ['1']],
    ['of hours over midnight', { more: { hour: `${at(3)}..${at(0)}` } }, ['1', '5', '99']],
    ['of what has a note', { more: { note: 'yes' } }, ['5']],
    ['of what has no tag', { more: { tagged: 'no' } }, ['1', '5', '99']],
    ['of what had a stop', { more: { stop: 'no' } }, ['99']],
    ['of what is rated', { more: { rating: '4..5' } }, ['5']],
    ['of what was entered by hand', { more: { hand: 'yes' } }, []],
    ['of several at once', { more: { result: '8..', note: 'no' } }, ['1']],
    ['of what cannot be read', { more: { result: 'high' } }, ['1', '3', '5', '99']],
  ])('%s leaves what it says', (_, filter, left) => {
    expect(ids(filter)).toEqual(left);
  });

  it('is followed by an order in which what is missing stands last', () => {
    const shown = (descending: boolean) =>
      windowOf(book.all(), { order: 'closedMs', descending, offset: 0, limit: 9 }).map(({ id }) =>
        id.slice('1@Demo '.length),
      );
    expect(shown(true)).toEqual(['5', '3', '1', '99']);
    expect(shown(false)).toEqual(['1', '3', '5', '99']);
  });
});

describe('figures', () => {
  it('are of the closed round trips in the order of their closing', () => {
    const book = tripBook();
    book.sources([source('a', dealsOf([31, -19, -9, 41]))]);
    expect(summaries(book.all().toReversed())).toMatchObject([
      {
        ...{ trips: 4, won: 2, net: 40, costs: -4, profitFactor: 70 / 30, expectancy: 10 },
        ...{ meanWin: 35, meanLoss: -15, longestLosing: 2, maxDrawdown: 30 },
      },
    ]);
  });

  it('count a day as the zone has it at the very moment, also where the clocks change', () => {
    const zone = findZone('Europe/Athens');
    const offsetMsAt = zone.ok ? zone.value.offsetMsAt : () => NaN;
    fc.assert(
      fc.property(fc.integer({ min: -400 * 24, max: 400 * 24 }), (hours) => {
        const closedMs = Date.UTC(2026, 2, 29, 0, 30) + hours * hour;
        const trip = { closedMs, net: 1, commission: 0, fee: 0, swap: 0, currency: null, r: null };
        const day = new Date(closedMs + offsetMsAt(closedMs)).toISOString().slice(0, 10);
        expect(daysOf([trip], 'Europe/Athens')).toMatchObject([{ day }]);
      }),
    );
  });

  it('count a day by the clock that is asked for', () => {
    const book = tripBook();
    book.sources([source('a', dealsOf([5]))]);
    expect(daysOf(book.all(), '-05:00')).toMatchObject([{ day: '2026-10-04' }]);
    expect(daysOf(book.all(), '+07:00')).toMatchObject([{ day: '2026-10-05' }]);
  });
});
