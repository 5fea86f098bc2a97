import { expect, it } from 'vitest';
import { madeDeal } from '#core/journal/made-deals.ts';
import { handHints } from './hand-hints.ts';
import { tripBook } from './trip-book.ts';

/** One round trip of half a lot over a hundredth. */
function source(account: string, currency: string | null, worth: number, atMs: number) {
  const shared = { account, position: '1', volumeLots: 0.5, symbol: 'XAUUSD' };
  const deals = [
    madeDeal({ ...shared, deal: '1', price: 100, atMs }),
    madeDeal({
      ...{ ...shared, deal: '2', kind: 'sell', entry: 'out', price: 101, profit: worth / 2 },
      atMs: atMs + 1,
    }),
  ];
  return { id: account, account, currency, deals };
}
const book = tripBook();
book.sources([source('a', 'USD', 100, 0), source('b', 'EUR', 90, 10)]);
const ask = { account: 'a', symbol: 'XAUUSD', currency: null, atMs: 5 };

it('tells the currency of the account, and what a lot earns by a price one higher', () => {
  expect(handHints(book, ask)).toEqual({ currency: 'USD', perLot: 100 });
  expect(handHints(book, { ...ask, account: 'b' })).toEqual({ currency: 'EUR', perLot: 90 });
});

it('of an account that has none yet goes by the last round trip of any', () => {
  expect(handHints(book, { ...ask, account: 'new' })).toEqual({ currency: 'EUR', perLot: 90 });
  const inDollars = { ...ask, account: 'new', currency: 'USD' };
  expect(handHints(book, inDollars)).toEqual({ currency: 'USD', perLot: 100 });
});

it('tells nothing of a symbol that was never traded, or in a currency that nobody has', () => {
  expect(handHints(book, { ...ask, symbol: 'DAX' }).perLot).toBeNull();
  expect(handHints(book, { ...ask, currency: 'JPY' }).perLot).toBeNull();
  expect(handHints(tripBook(), ask)).toEqual({ currency: null, perLot: null });
});
