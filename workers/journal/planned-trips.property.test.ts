import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TripMark } from '#core/collections/trip-mark.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { plannedRatio, planOf } from '#core/journal/trip-figures.ts';
import { tripBook } from './trip-book.ts';
import { markAt } from './united-marks.ts';

const mark = (written: Partial<TripMark>): TripMark => ({
  ...{ id: '1@Demo 1', tags: [], met: [], mistakes: [], updatedMs: 1 },
  ...written,
});
const level = fc.option(fc.integer({ min: 1, max: 300 }).map((points) => 1.1 - points / 10_000));

function bookOf(sl: number | null, exit = 1.102) {
  const book = tripBook();
  const shared = { account: '1@Demo', position: '1' };
  const deals = [
    madeDeal({ ...shared, deal: '1', commission: -1, sl, tp: 1.108 }),
    madeDeal({
      ...{ ...shared, deal: '2', kind: 'sell', entry: 'out', atMs: 1, price: exit },
      profit: Math.round((exit - 1.1) * 1_000_000) / 100,
    }),
  ];
  book.sources([{ id: 's', account: '1@Demo', currency: 'USD', deals }]);
  return book;
}

it('R is counted by the stop that the trader planned, else by the first that stood', () => {
  fc.assert(
    fc.property(level, level, (stood, planned) => {
      const book = bookOf(stood);
      book.marks([mark({ plannedSl: planned })]);
      const stop = planned ?? stood;
      const trip = book.trip('1@Demo 1')!;
      expect([trip.sl, planOf(trip)]).toEqual([stood, { sl: stop, tp: 1.108 }]);
      if (stop === null) expect(trip.r).toBeNull();
      else expect(trip.r).toBeCloseTo(19 / ((1.1 - stop) * 10_000), 6);
      book.marks([]);
      expect(book.trip('1@Demo 1')?.r).toEqual(bookOf(stood).trip('1@Demo 1')?.r);
    }),
  );
});

it('a stop that was trailed past the entry leaves R to what was planned, and so does the ratio', () => {
  const book = bookOf(1.101);
  expect(book.trip('1@Demo 1')?.r).toBeNull();
  book.marks([mark({ plannedSl: 1.098, plannedTp: 1.106 })]);
  const trip = book.trip('1@Demo 1')!;
  expect(trip.r).toBeCloseTo(19 / 20, 8);
  expect(plannedRatio(trip, planOf(trip))).toBeCloseTo(3, 8);
});

it('a scratch has an R as soon as another round trip tells what a price is worth', () => {
  const book = bookOf(1.09, 1.1);
  expect(book.trip('1@Demo 1')?.r).toBeNull();
  const own = madeDeal({ account: '1@Demo', position: '1', deal: '1', commission: -1, sl: 1.09 });
  const flat = [own, madeDeal({ ...own, deal: '2', kind: 'sell', entry: 'out', commission: 0 })];
  const other = [
    madeDeal({ account: '1@Demo', position: '3', deal: '3', volumeLots: 1, atMs: 5 }),
    madeDeal({
      ...{ account: '1@Demo', position: '3', deal: '4', kind: 'sell', entry: 'out', atMs: 6 },
      ...{ volumeLots: 1, price: 1.102, profit: 200 },
    }),
  ];
  const deals = [...flat, ...other];
  book.sources([{ id: 's', account: '1@Demo', currency: 'USD', deals }]);
  expect(book.trip('1@Demo 1')?.r).toBeCloseTo(-1 / 100, 8);
  book.marks([mark({ plannedSl: 1.098 })]);
  expect(book.trip('1@Demo 1')?.r).toBeCloseTo(-1 / 20, 8);
});

it('one that was merged has the first plan that stands at any of its parts', () => {
  const marks = new Map([
    ['a', mark({ id: 'a', plannedTp: 1.2 })],
    ['b', mark({ id: 'b', plannedSl: 1.05, plannedTp: 1.3 })],
  ]);
  const [trip] = bookOf(null).all();
  const edited = { ids: ['a', 'b'], named: [], merges: ['m'], splits: [], shares: [] };
  expect(markAt({ ...trip!, edited }, marks)).toMatchObject({ plannedSl: 1.05, plannedTp: 1.2 });
});
