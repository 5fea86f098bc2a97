import { expect, test } from 'vitest';
import { roundTripsOf } from '#core/journal/round-trips.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { writeDeals, readDeals } from '#workers/store/statement-content.ts';
import { plainTrip } from './bare-trip.ts';
import { tripBook } from './trip-book.ts';

const deals = [
  madeDeal({ deal: '1', position: '7', atMs: 1, sl: 1.09 }),
  madeDeal({
    ...{ deal: '2', position: '7', atMs: 2 },
    ...{ kind: 'sell', entry: 'out', profit: 20 },
  }),
  madeDeal({ deal: '3', position: '', atMs: 3 }),
  madeDeal({ deal: '4', position: '007', atMs: 4 }),
  // Turned: what is more than was open goes on as a second one.
  madeDeal({ deal: '5', position: '8', atMs: 5, symbol: 'USDJPY' }),
  madeDeal({
    ...{ deal: '6', position: '8', atMs: 6, symbol: 'USDJPY' },
    ...{ kind: 'sell', entry: 'inout', volumeLots: 3 },
  }),
];

function rows() {
  const book = tripBook();
  const stored = readDeals(writeDeals(deals))!;
  book.sources([{ id: 'a', account: deals[0]!.account, currency: 'USD', deals: stored }]);
  return book.all();
}

test('a row tells what a plain round trip does, of deals in a table as of deals in a list', () => {
  const plain = rows().map(plainTrip);
  expect(plain).toMatchObject(roundTripsOf(deals).trips);
  expect(plain).toHaveLength(5);
  rows().forEach((row, at) => {
    for (const [name, value] of Object.entries(plain[at]!)) {
      expect({ [name]: row[name as keyof typeof row] }).toEqual({ [name]: value });
    }
  });
});

test('a row that somebody sends as it is fails at once, instead of arriving empty', () => {
  expect(() => structuredClone(rows()[0])).toThrow('could not be cloned');
  expect(structuredClone(plainTrip(rows()[0]!))).toMatchObject({ currency: 'USD', net: 20 });
});
