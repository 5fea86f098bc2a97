/** Deals of any values for tests of how they are kept. */
import fc from 'fast-check';
import type { JournalDeal } from './journal-deal.ts';

/** Prices and money as brokers write them, and whatever a number can be. */
const figure = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1e5),
    fc.constantFrom(255, 65_535, -(2 ** 31), 2 ** 31, 254, 0),
  )
  .map((value) => value + 0);
/** Also tickets, and what only looks like one. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', '7', '007', '1e3', '-1', '9007199254740993', '4294967296'),
  fc.nat().map(String),
);
export const anyDeal: fc.Arbitrary<JournalDeal> = fc.record({
  ...{ account: words, deal: words, order: words, position: words, symbol: words, comment: words },
  kind: fc.constantFrom('buy', 'sell', 'balance', 'credit', 'charge', 'other'),
  entry: fc.constantFrom('in', 'out', 'inout', 'out-by', null),
  ...{ volumeLots: figure, price: figure, commission: figure, fee: figure, swap: figure },
  ...{ profit: figure, atMs: fc.integer() },
  ...{ sl: fc.option(figure), tp: fc.option(figure) },
});
