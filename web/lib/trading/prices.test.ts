import { expect, test } from 'vitest';
import { madeInstrument, madePosition, madeQuote } from '#core/risk/made-account.ts';
import { floatingProfit } from './floating.ts';
import { ageText, quoteAgeMs } from './freshness.ts';
import { byId, bySymbol, newerQuotes } from './lookups.ts';
import { profitIn, profitText } from './profit-units.ts';
import { sameOrderGuard, sameOrderMs } from './same-order.ts';
import { matchingSymbols } from './symbol-search.ts';

const position = { ...madePosition, openPrice: 1.099, volumeLots: 0.1, profit: 7 };

test('a position makes what closing it now would', () => {
  expect(floatingProfit(position, madeInstrument, madeQuote)).toBeCloseTo(10);
  const sold = { ...position, side: 'sell' } as const;
  expect(floatingProfit(sold, madeInstrument, madeQuote)).toBeCloseTo(-11);
  expect(floatingProfit(position, madeInstrument, undefined)).toBe(7);
  expect(floatingProfit(position, undefined, madeQuote)).toBe(7);
});

test('a profit is told in money, pips, R and percent, or not at all', () => {
  const context = {
    ...{ instrument: madeInstrument, quote: madeQuote, balance: 1_000, firstStop: 1.0985 },
  };
  expect(profitIn('money', position, context)).toBeCloseTo(10);
  expect(profitIn('pips', position, context)).toBeCloseTo(10);
  expect(profitIn('r', position, context)).toBeCloseTo(2);
  expect(profitIn('percent', position, context)).toBeCloseTo(1);
  expect(profitIn('r', position, { ...context, firstStop: null })).toBeNull();
  expect(profitIn('r', position, { ...context, firstStop: 1.1 })).toBeNull();
  expect(profitIn('pips', position, { ...context, quote: undefined })).toBeNull();
  expect(profitIn('percent', position, { ...context, balance: 0 })).toBeNull();
  expect([profitText(2, 'r'), profitText(-0.001, 'money'), profitText(null, 'r')]).toEqual([
    '+2.00',
    '0.00',
    '–',
  ]);
});

test('the same order is not taken twice within two seconds', () => {
  const guard = sameOrderGuard();
  expect(guard.admits({ a: 1 }, 0)).toBe(true);
  expect(guard.admits({ a: 1 }, sameOrderMs - 1)).toBe(false);
  expect(guard.admits({ a: 2 }, sameOrderMs - 1)).toBe(true);
  expect(guard.admits({ a: 1 }, sameOrderMs)).toBe(true);
});

test('an old price says how old it is', () => {
  const quote = { ...madeQuote, timeMs: 1_000 };
  expect(ageText(quoteAgeMs(quote, 2_000))).toBe('');
  expect(ageText(quoteAgeMs(quote, 43_400))).toBe('42 s old');
  expect(quoteAgeMs(quote, 0)).toBe(0);
});

test('of two prices of a symbol the newer stays', () => {
  const quote = { ...madeQuote, timeMs: 1_000 };
  const known = bySymbol([quote]);
  const older = { ...quote, bid: 1, timeMs: 999 };
  expect(newerQuotes(known, [older]).get('EURUSD')).toBe(quote);
  const newer = { ...older, timeMs: 1_001 };
  expect(newerQuotes(known, [newer, older]).get('EURUSD')).toBe(newer);
  expect(byId([{ id: 'a', n: 1 }], [{ id: 'a', n: 2 }]).get('a')?.n).toBe(2);
});

test('a search of symbols brings the likeliest first', () => {
  const named = (symbol: string, description = '') => ({ ...madeInstrument, symbol, description });
  const all = [
    named('AUDUSD'),
    named('USDJPY'),
    named('XUSD'),
    named('USD'),
    named('GOLD', 'Gold against US dollar (USD)'),
  ];
  const found = (typed: string) => matchingSymbols(all, typed).map(({ symbol }) => symbol);
  expect(found(' usd ')).toEqual(['USD', 'USDJPY', 'AUDUSD', 'XUSD', 'GOLD']);
  expect(found('')).toHaveLength(all.length);
  expect(found('zz')).toEqual([]);
});
