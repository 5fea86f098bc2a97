import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeInstrument, madePosition, madeQuote } from '#core/risk/made-account.ts';
import { bySymbol } from '../lookups.ts';
import { exposureByCurrency, exposureBySymbol, type Held } from './exposure.ts';
import { pairOf, ratesOf } from './rates.ts';
import { convertedTotal, levelState, marginLevel, totalsByCurrency } from './totals.ts';
import { worthOverTime } from './worth.ts';

const yen = {
  ...madeInstrument,
  ...{ symbol: 'USDJPY', digits: 3, pointSize: 0.001, tickSize: 0.001, tickValue: 100 / 150 },
};
const index = {
  ...madeInstrument,
  symbol: 'US500',
  contractSize: 1,
  tickSize: 0.1,
  tickValue: 0.1,
};
const quotes = [
  madeQuote,
  { symbol: 'USDJPY', bid: 149.99, ask: 150.01, timeMs: 0 },
  { symbol: 'US500', bid: 5_000, ask: 5_000, timeMs: 0 },
];
const held = (positions: Held['positions']): Held => ({
  ...{ currency: 'USD', equity: 10_000, positions },
  instruments: bySymbol([madeInstrument, yen, index]),
  quotes: bySymbol(quotes),
});
const of = (symbol: string, side: 'buy' | 'sell', volumeLots: number) => ({
  ...{ ...madePosition, symbol, side, volumeLots },
});
const somePositions = fc.array(
  fc
    .tuple(
      fc.constantFrom('EURUSD', 'USDJPY', 'US500'),
      fc.constantFrom('buy' as const, 'sell' as const),
      fc.integer({ min: 1, max: 300 }),
    )
    .map(([symbol, side, steps]) => of(symbol, side, steps / 100)),
  { maxLength: 12 },
);

describe('exposure', () => {
  test('is what is bought less what is sold, at the price now, with the larger side’s margin', () => {
    const rows = exposureBySymbol(
      held([of('EURUSD', 'buy', 0.5), of('EURUSD', 'sell', 0.2), of('USDJPY', 'sell', 0.1)]),
    );
    expect(rows.map(({ symbol }) => symbol)).toEqual(['EURUSD', 'USDJPY']);
    expect(rows[0]).toMatchObject({ netLots: 0.3, positions: 2, margin: 500, marginRatio: 0.05 });
    expect(rows[0]?.notional).toBeCloseTo(33_001.5);
    expect(rows[1]?.notional).toBeCloseTo(-10_000);
  });

  test('adds up whatever the order, and parts add up to the whole', () => {
    fc.assert(
      fc.property(somePositions, (positions) => {
        const rows = exposureBySymbol(held(positions));
        const again = exposureBySymbol(held(positions.toReversed()));
        for (const row of rows) {
          const own = positions.filter(({ symbol }) => symbol === row.symbol);
          const net = own.reduce((n, p) => n + (p.side === 'buy' ? 1 : -1) * p.volumeLots, 0);
          expect(row.netLots).toBeCloseTo(net, 8);
          expect(again.find(({ symbol }) => symbol === row.symbol)?.netLots).toBe(row.netLots);
        }
        expect(rows.reduce((n, row) => n + row.positions, 0)).toBe(positions.length);
      }),
    );
  });

  test('by currency is nothing for what is hedged, and names what it leaves out', () => {
    fc.assert(
      fc.property(somePositions, (positions) => {
        const turned = positions.map((p) =>
          of(p.symbol, p.side === 'buy' ? 'sell' : 'buy', p.volumeLots),
        );
        const { rows, others } = exposureByCurrency(
          held([...positions, ...turned]),
          ratesOf(quotes),
        );
        for (const { amount, worth } of rows) {
          expect(amount).toBeCloseTo(0, 4);
          expect(worth).toBeCloseTo(0, 4);
        }
        expect(others).toEqual(positions.some(({ symbol }) => symbol === 'US500') ? ['US500'] : []);
      }),
    );
  });

  test('in euros and dollars of a bought EURUSD is so many held and owed', () => {
    const { rows } = exposureByCurrency(held([of('EURUSD', 'buy', 1)]), ratesOf(quotes));
    const by = new Map(rows.map((row) => [row.currency, row]));
    expect(by.get('EUR')?.amount).toBe(100_000);
    expect(by.get('EUR')?.worth).toBeCloseTo(110_005);
    expect(by.get('USD')?.amount).toBeCloseTo(-110_005);
  });
});

describe('rates', () => {
  test('come from the names and prices of symbols, also turned round and in two steps', () => {
    const rate = ratesOf(quotes);
    expect(rate('EUR', 'USD')).toBeCloseTo(1.10005);
    expect(rate('USD', 'EUR')).toBeCloseTo(1 / 1.10005);
    expect(rate('EUR', 'JPY')).toBeCloseTo(165.0075);
    expect(rate('GBP', 'USD')).toBeNull();
    expect(rate('GBP', 'GBP')).toBe(1);
  });

  test.each([
    ['EURUSD', 'EUR', 'USD'],
    ['EURUSD.m', 'EUR', 'USD'],
    ['XAUUSDpro', 'XAU', 'USD'],
    ['BTCUSDT', 'BTC', 'USDT'],
    ['EUR/JPY', 'EUR', 'JPY'],
  ])('read %s as %s in %s', (symbol, base, quote) => {
    expect(pairOf(symbol)).toEqual({ base, quote });
  });

  test.each(['US500', 'AAPL', 'GER40.cash', 'USDUSD', ''])('take %s for no pair', (symbol) => {
    expect(pairOf(symbol)).toBeNull();
  });
});

describe('several accounts together', () => {
  const money = (currency: string, equity: number, margin = 0) => ({
    ...{ currency, balance: 1_000, equity, margin },
  });
  test('are summed by currency, and in one as far as rates are known', () => {
    const totals = totalsByCurrency([
      money('USD', 1_100),
      money('EUR', 900, 300),
      money('USD', 1_000),
    ]);
    expect(totals.map(({ currency, accounts, equity }) => [currency, accounts, equity])).toEqual([
      ['USD', 2, 2_100],
      ['EUR', 1, 900],
    ]);
    expect(totals[1]).toMatchObject({ floating: -100, freeMargin: 600, marginLevel: 3 });
    const all = convertedTotal(totals, 'USD', ratesOf(quotes));
    expect(all.equity).toBeCloseTo(2_100 + 900 * 1.10005);
    expect(all.without).toEqual([]);
    expect(convertedTotal(totals, 'USD', ratesOf([]))).toMatchObject({
      equity: 2_100,
      without: ['EUR'],
    });
  });

  test('are worth the sum of what was last seen of each', () => {
    const point = (atMs: number, equity: number) => ({ atMs, equity, balance: equity });
    const worth = worthOverTime([
      { accountId: 'a', points: [point(0, 100), point(20, 90)] },
      { accountId: 'b', points: [point(10, 50), point(20, 60)] },
      { accountId: 'c', points: [] },
    ]);
    expect(worth.map(({ atMs, equity }) => [atMs, equity])).toEqual([
      [0, 150],
      [10, 150],
      [20, 150],
    ]);
  });
});

test('a margin level warns before and at the call', () => {
  expect(marginLevel(100, 0)).toBeNull();
  const tones = [null, 3, 1.5, 1.2, 1, 0.4].map((level) => levelState(level).tone);
  expect(tones).toEqual(['ok', 'ok', 'warning', 'warning', 'danger', 'danger']);
});
