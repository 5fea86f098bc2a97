/** Symbols are found by what people type, the exact one first. */
import { expect, test } from 'vitest';
import { searchSymbols } from './symbol-search.ts';

const all = ['EURUSD', 'EURUSD.m', 'GBPUSD', 'GOLD'].map((symbol) => ({
  ...{ symbol, accountId: null, place: '' },
  about: symbol === 'GOLD' ? 'Gold against US dollar' : '',
}));
const found = (query: string) => searchSymbols(all, query).map(({ symbol }) => symbol);

test('the exact one, then what begins so, then what holds it, then what is about it', () => {
  expect(found('eurusd')).toEqual(['EURUSD', 'EURUSD.m']);
  expect(found('usd')).toEqual(['EURUSD', 'EURUSD.m', 'GBPUSD']);
  expect(found('dollar')).toEqual(['GOLD']);
  expect(found('')).toHaveLength(4);
  expect(found('xyz')).toEqual([]);
});
