/** Symbols are found by what people type, the exact one first. */
import { expect, test } from 'vitest';
import { searchSymbols, whereQuoted } from './symbol-search.ts';

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

test('a symbol that is named alone is shown of the first account that quotes it', () => {
  const offered = [
    { symbol: 'EURUSD', accountId: null, place: 'Stored', about: '' },
    { symbol: 'EURUSD', accountId: 'a', place: 'Paper', about: '' },
    { symbol: 'EURUSD', accountId: 'b', place: 'Broker', about: '' },
  ];
  expect(whereQuoted('EURUSD', offered)).toEqual({ symbol: 'EURUSD', accountId: 'a' });
  expect(whereQuoted('GBPUSD', offered)).toEqual({ symbol: 'GBPUSD', accountId: null });
});
