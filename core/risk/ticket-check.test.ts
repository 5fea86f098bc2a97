/** Orders that no broker would take, and why. */
import { describe, expect, test } from 'vitest';
import type { Instrument } from '../broker/instrument.ts';
import type { OrderTicket } from '../broker/request.ts';
import { checkOrderChange, checkPositionLevels } from './level-check.ts';
import { madeInstrument, madeOrder, madeQuote, madeTicket } from './made-account.ts';
import { checkTicket, staleQuoteMs } from './ticket-check.ts';

const hostile = [Number.NaN, Infinity, -Infinity, -1, 0, 1e308, 1e-320];

function codeOf(
  change: Partial<OrderTicket>,
  given: Partial<Parameters<typeof checkTicket>[0]> = {},
): string {
  const ticket = { ...madeTicket, ...change };
  const checked = checkTicket({
    ...{ instrument: madeInstrument, quote: madeQuote, nowMs: 1_000, ticket },
    ...given,
  });
  return checked.ok ? 'fine' : checked.error.code;
}
const onInstrument = (change: Partial<Instrument>) => ({
  instrument: { ...madeInstrument, ...change },
});
const limit = (price: number, change: Partial<OrderTicket> = {}) =>
  codeOf({ kind: 'limit', price, sl: null, tp: null, ...change });
const stop = (price: number, change: Partial<OrderTicket> = {}) =>
  limit(price, { kind: 'stop', ...change });

describe('a volume', () => {
  test('is taken from the smallest to the largest, on its step', () => {
    expect([0.01, 0.07, 0.1 + 0.2, 100].map((volumeLots) => codeOf({ volumeLots }))).toEqual(
      Array(4).fill('fine'),
    );
    expect(codeOf({ volumeLots: 0.009 })).toBe('trade.volume-below-min');
    expect(codeOf({ volumeLots: 100.01 })).toBe('trade.volume-above-max');
    expect(codeOf({ volumeLots: 0.015 })).toBe('trade.volume-off-grid');
  });

  test('that is no number to trade is refused with figures that JSON can hold', () => {
    for (const volumeLots of hostile) {
      const ticket = { ...madeTicket, volumeLots };
      const given = { instrument: madeInstrument, quote: madeQuote, nowMs: 0, ticket };
      const checked = checkTicket(given);
      const error = checked.ok ? null : checked.error;
      expect(error?.code).toMatch(/^trade\.volume-/);
      expect(JSON.parse(JSON.stringify(error))).toEqual(error);
    }
  });
});

describe('a price', () => {
  test('that is no price is refused in each field', () => {
    for (const value of hostile) {
      expect(codeOf({ sl: value })).toMatch(/^trade\.(number-invalid|price-off-grid)$/);
      expect(codeOf({ tp: value })).toMatch(/^trade\.(number-invalid|price-off-grid)$/);
      expect(limit(value)).toMatch(/^trade\.(number-invalid|price-off-grid)$/);
    }
    for (const value of hostile.slice(0, 5)) {
      expect(codeOf({ worstPrice: value })).toBe('trade.number-invalid');
    }
    for (const value of [Number.NaN, Infinity, -1, 0.5, 1e308]) {
      expect(codeOf({ deviationPoints: value })).toBe('trade.number-invalid');
    }
  });

  test('is on the grid of the instrument', () => {
    expect(codeOf({ sl: 1.090105 })).toBe('trade.price-off-grid');
    expect(limit(1.05 + 0.00001 * 7)).toBe('fine');
  });

  test('is given where the kind of order has one, and not elsewhere', () => {
    expect(codeOf({ price: 1.1 })).toBe('trade.number-invalid');
    expect(codeOf({ kind: 'limit' })).toBe('trade.number-invalid');
    expect(limit(1.05, { limitPrice: 1.04 })).toBe('trade.number-invalid');
    expect(stop(1.2, { kind: 'stop-limit' })).toBe('trade.number-invalid');
  });
});

describe('an entry', () => {
  test('waits on its side of the market, not too near', () => {
    expect([limit(1.1), stop(1.1002)]).toEqual(['fine', 'fine']);
    expect([limit(1.1002), limit(1.1001), stop(1.1)]).toEqual(Array(3).fill('trade.price-side'));
    expect([limit(1.10001), stop(1.10019)]).toEqual(Array(2).fill('trade.level-too-near'));
    const sell = { side: 'sell' } as const;
    expect([limit(1.1001, sell), stop(1.0999, sell)]).toEqual(['fine', 'fine']);
    expect([limit(1.0999, sell), stop(1.1001, sell)]).toEqual(Array(2).fill('trade.price-side'));
  });

  test('of a stop-limit order has its limit behind the stop', () => {
    const order = (limitPrice: number) => stop(1.11, { kind: 'stop-limit', limitPrice });
    expect([order(1.109), order(1.11)]).toEqual(['fine', 'fine']);
    expect(order(1.111)).toBe('trade.price-side');
  });

  test('at the market needs a fresh price, no worse than allowed', () => {
    expect(codeOf({}, { nowMs: staleQuoteMs })).toBe('fine');
    expect(codeOf({}, { nowMs: staleQuoteMs + 1 })).toBe('trade.quote-stale');
    const undated = { ...madeQuote, timeMs: Number.NaN };
    expect(codeOf({}, { quote: undated })).toBe('trade.quote-stale');
    expect(codeOf({}, { quote: null })).toBe('trade.quote-missing');
    for (const ask of hostile.slice(0, 5)) {
      expect(codeOf({}, { quote: { ...madeQuote, ask } })).toBe('trade.quote-missing');
    }
    expect(codeOf({ worstPrice: 1.1001 })).toBe('fine');
    expect(codeOf({ worstPrice: 1.10009 })).toBe('trade.price-moved');
    expect(codeOf({ kind: 'limit', price: 1.05, sl: 1.04 }, { quote: null })).toBe('fine');
  });

  test('that waits has time left to wait in', () => {
    expect(limit(1.05, { lastsUntilMs: 1_001 })).toBe('fine');
    for (const lastsUntilMs of [1_000, -1, Number.NaN, Infinity, 1e308]) {
      expect(limit(1.05, { lastsUntilMs })).toBe('trade.time-past');
    }
    expect(codeOf({ lastsUntilMs: 9_000 })).toBe('trade.time-past');
  });
});

describe('stop and target', () => {
  test('lie on their side of where the position would be closed', () => {
    expect(codeOf({ sl: 1.1 })).toBe('trade.stop-side');
    expect(codeOf({ tp: 1.09 })).toBe('trade.target-side');
    expect(codeOf({ side: 'sell', sl: 1.09, tp: null })).toBe('trade.stop-side');
    expect(codeOf({ side: 'sell', sl: 1.11, tp: 1.12 })).toBe('trade.target-side');
    expect(codeOf({ side: 'sell', sl: 1.11, tp: 1.08 })).toBe('fine');
  });

  test('keep the distance that the broker wants', () => {
    expect(codeOf({ sl: 1.0999 })).toBe('fine');
    expect(codeOf({ sl: 1.09991 })).toBe('trade.level-too-near');
    expect(codeOf({ tp: 1.1001 })).toBe('fine');
    expect(codeOf({ tp: 1.10009 })).toBe('trade.level-too-near');
  });

  test('of a pending order are measured from its own price', () => {
    expect(limit(1.05, { sl: 1.0499, tp: 1.0501 })).toBe('fine');
    expect(limit(1.05, { sl: 1.06 })).toBe('trade.stop-side');
  });
});

describe('a symbol', () => {
  test('is traded as far as the broker lets it', () => {
    const modes = ['long-only', 'short-only', 'close-only', 'disabled'] as const;
    const sell = { side: 'sell', sl: null, tp: null } as const;
    const codes = modes.map((tradeMode) => [
      codeOf({}, onInstrument({ tradeMode })),
      codeOf(sell, onInstrument({ tradeMode })),
    ]);
    const no = 'trade.symbol-closed';
    expect(codes).toEqual([
      ['fine', no],
      [no, 'fine'],
      [no, no],
      [no, no],
    ]);
  });

  test('of which a tick is worth nothing is not traded', () => {
    for (const value of [Number.NaN, Infinity, -1, 0]) {
      for (const field of ['tickSize', 'tickValue', 'pointSize', 'volumeStepLots'] as const) {
        expect(codeOf({}, onInstrument({ [field]: value }))).toBe('trade.symbol-unpriced');
      }
    }
  });
});

describe('a change', () => {
  const levels = { instrument: madeInstrument, quote: madeQuote, side: 'buy' as const };

  test('of a position has its levels around the price it could be closed at', () => {
    const code = (sl: number | null, tp: number | null) =>
      checkPositionLevels({ ...levels, sl, tp })?.code ?? 'fine';
    expect([code(null, null), code(1.09, 1.12)]).toEqual(['fine', 'fine']);
    expect([code(1.11, null), code(null, 1.09)]).toEqual(['trade.stop-side', 'trade.target-side']);
    expect([code(Number.NaN, null), code(1.09, 1e308)]).toEqual([
      ...['trade.number-invalid', 'trade.price-off-grid'],
    ]);
  });

  test('of a working order is one that it could have been placed with, and not too late', () => {
    const rest = { limitPrice: null, sl: null, tp: null, lastsUntilMs: null };
    const code = (order: typeof madeOrder, change: object) =>
      checkOrderChange({
        ...{ instrument: madeInstrument, quote: madeQuote, order, nowMs: 0 },
        change: { price: 1.05, ...rest, ...change },
      })?.code ?? 'fine';
    expect(code(madeOrder, {})).toBe('fine');
    expect(code(madeOrder, { price: 1.2 })).toBe('trade.price-side');
    expect(code(madeOrder, { sl: 1.06 })).toBe('trade.stop-side');
    expect(code(madeOrder, { price: Number.NaN })).toBe('trade.number-invalid');
    expect(code({ ...madeOrder, price: 1.10006 }, {})).toBe('trade.frozen');
    expect(code({ ...madeOrder, price: 1.10005 }, {})).toBe('fine');
  });
});
