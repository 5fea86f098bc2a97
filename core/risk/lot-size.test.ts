/** Volumes from risk. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeIntent } from '../broker/made-intent.ts';
import { defaultLevels } from './exposure.ts';
import { isOnGrid } from './grid.ts';
import { usualLimits } from './limits.ts';
import { lotsForRisk, rewardRatio, type SizeRequest } from './lot-size.ts';
import { madeBroker, madeInstrument, madeOpening, madePosition } from './made-account.ts';
import { checkOpening } from './pre-trade-check.ts';

const made = (change: Partial<SizeRequest> = {}): SizeRequest => ({
  ...madeOpening(),
  riskRatio: 0.01,
  ...change,
});
const codeOf = (change: Partial<SizeRequest>): string => {
  const size = lotsForRisk(made(change));
  return size.ok ? 'fine' : size.error.code;
};
const lotsOf = (change: Partial<SizeRequest>): number | string => {
  const size = lotsForRisk(made(change));
  return size.ok ? size.value.volumeLots : size.error.code;
};

describe('a volume from risk', () => {
  test('loses at the stop what was wished, and says what it takes', () => {
    expect(lotsForRisk(made())).toEqual({
      ok: true,
      value: {
        ...{ volumeLots: 0.1, riskMoney: 100, marginMoney: 100 },
        rewardRatio: expect.closeTo(2, 9) as number,
      },
    });
  });

  test('is capped by each limit, by free margin and by the largest volume', () => {
    const near = { ...made().ticket, sl: 1.1, tp: null };
    expect(lotsOf({ riskRatio: 0.5 })).toBe(0.2);
    expect(lotsOf({ ticket: near })).toBe(1);
    expect(lotsOf({ ticket: near, broker: { ...madeBroker, freeMargin: 305 } })).toBe(0.3);
    const tiny = { ...madeInstrument, volumeMaxLots: 0.25 };
    expect(lotsOf({ ticket: near, instrument: tiny })).toBe(0.25);
    const intents = [madeIntent({ reserved: { margin: 9_000, risk: 0, positions: 1 } })];
    expect(lotsOf({ ticket: near, intents })).toBe(0.5);
    const netting = { ...madeBroker, mode: 'netting' } as const;
    expect(lotsOf({ ticket: near, broker: netting, positions: [madePosition] })).toBe(0.5);
  });

  test('is refused where the smallest would already be too much', () => {
    expect(codeOf({ riskRatio: 0.0009 })).toBe('trade.volume-below-min');
    expect(codeOf({ riskRatio: 0.001 })).toBe('fine');
    const coarse = { ...madeInstrument, volumeMinLots: 0.5 };
    expect(codeOf({ instrument: coarse })).toBe('trade.volume-below-min');
    expect(codeOf({ broker: { ...madeBroker, freeMargin: -1 } })).toBe('trade.volume-below-min');
  });

  test('takes the default stop where none is given, unless the limits want one', () => {
    const ticket = { ...made().ticket, sl: null, tp: null };
    expect(lotsOf({ ticket })).toBe(0.04);
    expect(codeOf({ ticket, limits: { ...usualLimits, needsStop: true } })).toBe(
      'risk.stop-missing',
    );
  });

  test('answers numbers that are none with a code', () => {
    const hostile = [Number.NaN, Infinity, -Infinity, -1, 0, 1e308];
    for (const value of hostile) {
      expect(codeOf({ riskRatio: value })).toBe('trade.number-invalid');
      const { ticket } = made();
      if (value !== 1e308) {
        expect(codeOf({ ticket: { ...ticket, sl: value } })).toBe('trade.number-invalid');
        expect(codeOf({ broker: { ...madeBroker, equity: value } })).toBe('risk.equity');
        const instrument = { ...madeInstrument, tickValue: value };
        expect(codeOf({ instrument })).toBe('trade.number-invalid');
      }
    }
    expect(codeOf({ riskRatio: 1e-320 })).toBe('trade.volume-below-min');
    expect(codeOf({ ticket: { ...made().ticket, sl: 1.1001 } })).toBe('trade.number-invalid');
    expect(codeOf({ quote: null })).toBe('trade.quote-missing');
  });

  test('never exceeds a cap, stands on its step, is the largest, and passes the check', () => {
    const wish = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      stopPoints: fc.integer({ min: 11, max: 20_000 }),
      riskRatio: fc.double({ min: 1e-4, max: 1, noNaN: true }),
      equity: fc.double({ min: 10, max: 1e7, noNaN: true }),
      step: fc.constantFrom(0.01, 0.1, 1, 0.001),
      tickValue: fc.double({ min: 0.01, max: 20, noNaN: true }),
    });
    fc.assert(
      fc.property(wish, ({ side, stopPoints, riskRatio, equity, step, tickValue }) => {
        const sl = side === 'buy' ? 1.1001 - stopPoints / 1e5 : 1.1 + stopPoints / 1e5;
        const volumes = { volumeStepLots: step, volumeMinLots: step };
        const instrument = { ...madeInstrument, tickValue, ...volumes };
        const request = made({
          ...{ instrument, riskRatio, peakEquity: equity },
          broker: { ...madeBroker, equity, freeMargin: equity },
          ticket: { ...made().ticket, side, sl, tp: null },
        });
        const size = lotsForRisk(request);
        if (!size.ok) {
          expect(size.error.code).toBe('trade.volume-below-min');
          return;
        }
        const { volumeLots } = size.value;
        const perLot = stopPoints * tickValue;
        const most = Math.min(riskRatio, 0.02) * equity;
        const dust = 1 + 1e-9;
        expect(volumeLots * perLot).toBeLessThanOrEqual(most * dust);
        expect(volumeLots).toBeLessThanOrEqual(100);
        expect(volumeLots * 1_000).toBeLessThanOrEqual(equity * 0.1 * dust);
        expect(isOnGrid(volumeLots, step)).toBe(true);
        const more = volumeLots + step * 1.001;
        const isLargest = more * perLot > most || more * 1_000 > equity * 0.1 || more > 100;
        expect(isLargest).toBe(true);
        const { riskRatio: _, ...opening } = request;
        const ticket = { ...request.ticket, volumeLots };
        expect(checkOpening({ ...opening, ticket }).ok).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test('reward is the way to the target by the way to the stop, for both sides', () => {
  expect(rewardRatio({ side: 'buy', entry: 10, sl: 8, tp: 13 })).toBe(1.5);
  expect(rewardRatio({ side: 'sell', entry: 10, sl: 12, tp: 7 })).toBe(1.5);
  expect(rewardRatio({ side: 'buy', entry: 10, sl: 8, tp: null })).toBeNull();
  expect(rewardRatio({ side: 'buy', entry: 10, sl: 10, tp: 12 })).toBeNull();
});

test('default levels lie as far away as the limits say, on the grid', () => {
  const at = (side: 'buy' | 'sell') =>
    defaultLevels(usualLimits, madeInstrument, { side, entry: 1.1 });
  expect(at('buy')).toEqual({ sl: 1.078, tp: 1.144 });
  expect(at('sell')).toEqual({ sl: 1.122, tp: 1.056 });
});
