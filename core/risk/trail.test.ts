/** Trailing stops. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOnGrid } from './grid.ts';
import { madeInstrument, madePosition } from './made-account.ts';
import { checkTrail, trailedStop, usualTrail } from './trail.ts';

const at = (bestPrice: number, change: Partial<typeof madePosition> = {}, trail = usualTrail) =>
  trailedStop(trail, { ...madePosition, ...change }, madeInstrument, bestPrice);

describe('a trailing stop', () => {
  test('begins at its activation and follows at its distance, for both sides', () => {
    expect([at(1.10199), at(1.102), at(1.105)]).toEqual([null, 1.101, 1.104]);
    const sell = { side: 'sell' } as const;
    expect([at(1.09801, sell), at(1.098, sell), at(1.095, sell)]).toEqual([null, 1.099, 1.096]);
  });

  test('moves only by a tick in favour of the position', () => {
    expect(at(1.105, { sl: 1.104 })).toBeNull();
    expect(at(1.105, { sl: 1.2 })).toBeNull();
    expect(at(1.10501, { sl: 1.104 })).toBe(1.10401);
  });

  test('keeps the profit that it locks, as far as the broker lets it', () => {
    const locking = { activationPips: 20, distancePips: 30, lockPips: 5 };
    expect(at(1.102, {}, locking)).toBe(1.1005);
    expect(at(1.104, {}, locking)).toBe(1.101);
    // An open price between two ticks, as of a position of several fills: the stop is the looser.
    expect(at(1.1021, { openPrice: 1.100006 }, locking)).toBe(1.1005);
    const all = { activationPips: 20, distancePips: 3, lockPips: 19.5 };
    // The broker wants ten points between stop and price.
    expect(at(1.102, {}, all)).toBe(1.1019);
  });

  test('asks for nothing where there is no price', () => {
    for (const price of [Number.NaN, Infinity, 0, -1]) expect(at(price)).toBeNull();
  });

  test('is never taken back, stands on the grid and behind the best price', () => {
    const moves = fc.array(fc.integer({ min: -300, max: 320 }), { maxLength: 60 });
    fc.assert(
      fc.property(moves, fc.constantFrom('buy' as const, 'sell' as const), (steps, side) => {
        const direction = side === 'buy' ? 1 : -1;
        let [price, best, sl] = [1.1, 1.1, null as number | null];
        for (const step of steps) {
          price += step / 1e5;
          best = direction * Math.max(direction * best, direction * price);
          const stop = at(best, { side, sl });
          if (stop === null) continue;
          if (sl !== null) expect((stop - sl) * direction).toBeGreaterThan(0);
          expect((best - stop) * direction).toBeGreaterThanOrEqual(0.001 - 1e-9);
          expect(isOnGrid(stop, 0.00001)).toBe(true);
          sl = stop;
        }
      }),
    );
  });
});

describe('the numbers of a trailing stop', () => {
  const codeOf = (change: object) => {
    const checked = checkTrail({ ...usualTrail, ...change });
    return checked.ok
      ? 'fine'
      : `${checked.error.code} ${String(checked.error.figures?.['field'])}`;
  };

  test('are taken from the least that makes sense', () => {
    expect(codeOf({ activationPips: 5, distancePips: 3 })).toBe('fine');
    expect(codeOf({ activationPips: 4.9 })).toBe('trade.trail-invalid activation');
    expect(codeOf({ distancePips: 2.9 })).toBe('trade.trail-invalid distance');
    expect(codeOf({ lockPips: 19 })).toBe('fine');
    expect(codeOf({ lockPips: 20 })).toBe('trade.trail-invalid lock');
  });

  test('that are none are refused', () => {
    for (const value of [Number.NaN, Infinity, -Infinity, -1, 1e308, 1e-320]) {
      expect(codeOf({ activationPips: value })).toBe('trade.trail-invalid activation');
      expect(codeOf({ distancePips: value })).toBe('trade.trail-invalid distance');
      if (value !== 1e-320) expect(codeOf({ lockPips: value })).toBe('trade.trail-invalid lock');
    }
  });
});
