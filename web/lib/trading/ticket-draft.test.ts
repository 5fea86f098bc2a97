import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Instrument } from '#core/broker/instrument.ts';
import { floatingProfit } from './floating.ts';
import { ageText, quoteAgeMs } from './freshness.ts';
import { byId, bySymbol, newerQuotes } from './lookups.ts';
import { sameOrderGuard, sameOrderMs } from './same-order.ts';
import { ticketCost } from './ticket-cost.ts';
import { entryPrice, newDraft, readDraft, ticketWords } from './ticket-draft.ts';

const euro: Instrument = {
  symbol: 'EURUSD',
  description: '',
  digits: 5,
  pointSize: 0.00001,
  tickSize: 0.00001,
  tickValue: 1,
  contractSize: 100_000,
  volumeMinLots: 0.01,
  volumeMaxLots: 100,
  volumeStepLots: 0.01,
  stopsLevelPoints: 0,
  freezeLevelPoints: 0,
  marginPerLot: 1_080,
  swapLongPoints: 0,
  swapShortPoints: 0,
  tradeMode: 'full',
  fillings: ['fok'],
};
const quote = { symbol: 'EURUSD', bid: 1.08, ask: 1.08008, timeMs: 1_000 };
const draft = (change: Partial<ReturnType<typeof newDraft>> = {}) => ({
  ...newDraft('EURUSD', 0.1),
  ...change,
});
const ticketOf = (change: Partial<ReturnType<typeof newDraft>> = {}) => {
  const { ticket } = readDraft(draft(change), euro, quote) as { ticket: never };
  return ticket as Extract<ReturnType<typeof readDraft>, { ticket: object }>['ticket'];
};

describe('the form of an order', () => {
  test('takes points as so far from where the order is filled', () => {
    const points = { levelsBy: 'points', sl: 200, tp: 400 } as const;
    expect(ticketOf(points)).toMatchObject({ sl: 1.07808, tp: 1.08408, price: null });
    expect(ticketOf({ ...points, side: 'sell' })).toMatchObject({ sl: 1.082, tp: 1.076 });
    expect(ticketOf({ ...points, kind: 'limit', price: 1.07 })).toMatchObject({ sl: 1.068 });
  });

  test('puts every price on the symbol’s grid', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (price) => {
        const { price: put } = ticketOf({ kind: 'stop', price });
        expect(Math.abs(put! - price)).toBeLessThanOrEqual(euro.tickSize / 2 + 1e-12);
        expect(Number(put!.toFixed(5))).toBe(put);
      }),
    );
  });

  test.each([
    [{ kind: 'limit' }, 'Enter the price of the order.'],
    [{ kind: 'stop-limit', price: 1 }, 'Enter the limit price as well.'],
    [{ kind: 'limit', price: 1, lastsUntil: 'soon' }, 'The end of the order is no time.'],
  ] as const)('says what is missing of %o', (change, problem) => {
    expect(readDraft(draft(change), euro, quote)).toEqual({ problem });
  });

  test('waits for a price before it sends at the market', () => {
    expect(readDraft(draft(), euro, null)).toHaveProperty('problem');
    expect(entryPrice(draft(), quote)).toBe(quote.ask);
    expect(entryPrice(draft({ side: 'sell' }), quote)).toBe(quote.bid);
  });

  test('leaves out what the kind of order has no use for', () => {
    const all = { price: 1.1, limitPrice: 1.2, worstPrice: 1.3, lastsUntil: '2030-01-01T00:00' };
    const market = { price: null, limitPrice: null, lastsUntilMs: null, worstPrice: 1.3 };
    expect(ticketOf(all)).toMatchObject(market);
    const limit = { price: 1.1, limitPrice: null, worstPrice: null };
    expect(ticketOf({ ...all, kind: 'limit' })).toMatchObject(limit);
    expect(ticketOf({ ...all, kind: 'limit' }).lastsUntilMs).toBe(Date.UTC(2030, 0, 1));
  });

  test('is named by what it does', () => {
    expect(ticketWords(ticketOf(), '0.10', 5)).toBe('Buy 0.10 EURUSD');
    const limit = ticketOf({ kind: 'limit', side: 'sell', price: 1.1 });
    expect(ticketWords(limit, '0.10', 5)).toBe('Sell 0.10 EURUSD limit at 1.10000');
  });
});

test('what an order costs follows from its levels and the symbol', () => {
  const sized = { volumeLots: 0.5, entry: quote.ask, defaultStopRatio: 0.02 };
  const cost = ticketCost(ticketOf({ sl: 1.07908, tp: 1.08208 }), sized, euro);
  expect(cost).toMatchObject({ marginMoney: 540, isAssumed: false });
  expect(cost.riskMoney).toBeCloseTo(50);
  expect(cost.rewardRatio).toBeCloseTo(2);
  const without = ticketCost(ticketOf({ tp: 1.08208 }), sized, euro);
  expect(without).toMatchObject({ isAssumed: true, rewardRatio: null });
  expect(without.riskMoney).toBeCloseTo(1_080.08);
});

test('a position makes what closing it now would', () => {
  const position = { side: 'buy', openPrice: 1.079, volumeLots: 0.1, profit: 7 } as const;
  expect(floatingProfit(position, euro, quote)).toBeCloseTo(10);
  expect(floatingProfit({ ...position, side: 'sell' }, euro, quote)).toBeCloseTo(-10.8);
  expect(floatingProfit(position, euro, undefined)).toBe(7);
  expect(floatingProfit(position, undefined, quote)).toBe(7);
});

test('the same order is not taken twice within two seconds', () => {
  const guard = sameOrderGuard();
  expect(guard.admits({ a: 1 }, 0)).toBe(true);
  expect(guard.admits({ a: 1 }, sameOrderMs - 1)).toBe(false);
  expect(guard.admits({ a: 2 }, sameOrderMs - 1)).toBe(true);
  expect(guard.admits({ a: 1 }, sameOrderMs)).toBe(true);
});

test('an old price says how old it is', () => {
  expect(ageText(quoteAgeMs(quote, 2_000))).toBe('');
  expect(ageText(quoteAgeMs(quote, 43_400))).toBe('42 s old');
  expect(quoteAgeMs(quote, 0)).toBe(0);
});

test('of two prices of a symbol the newer stays', () => {
  const known = bySymbol([quote]);
  const older = { ...quote, bid: 1, timeMs: 999 };
  expect(newerQuotes(known, [older]).get('EURUSD')).toBe(quote);
  const newer = { ...older, timeMs: 1_001 };
  expect(newerQuotes(known, [newer, older]).get('EURUSD')).toBe(newer);
  expect(byId([{ id: 'a', n: 1 }], [{ id: 'a', n: 2 }]).get('a')?.n).toBe(2);
});
