/** Excursions, months, days under water and tails, by hand and on any run. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCase } from '../../tests/fuzz/run-case.ts';
import { runReference } from '../execution/reference-broker.ts';
import { defaultSettings } from '../execution/settings.ts';
import { excursions } from './excursions.ts';
import { madeBars, madeOutcome, type MadeBar, type MadeTrip } from './made-run.ts';
import { computeStatistics } from './registry.ts';
import { wholeFacts } from './whole-facts.ts';

const rows: readonly MadeBar[] = [
  [100, 101, 99, 100],
  [100, 108, 97, 105],
  [105, 112, 104, 110],
  [110, 120, 90, 95],
];
const trip = (part: Partial<MadeTrip>): MadeTrip => ({
  bars: [1, 3],
  prices: [100, 110],
  units: 10,
  profit: 100,
  ...part,
});
function one(part: Partial<MadeTrip>, fill: 'nextOpen' | 'close' = 'nextOpen') {
  const { roundTrips } = madeOutcome([1, 1, 1, 1], [trip(part)]);
  const { mae, mfe } = excursions(roundTrips, [madeBars(rows)], fill);
  return { mae: mae[0], mfe: mfe[0] };
}

describe('excursions', () => {
  test('leave out what came after an exit at the open', () => {
    expect(one({})).toEqual({ mae: 30, mfe: 120 });
  });

  test('count the open of a bar that was left at its stop, and the stop', () => {
    expect(one({ prices: [100, 92], reason: 'stop' })).toEqual({ mae: 80, mfe: 120 });
  });

  test('turn round for a short', () => {
    expect(one({ units: -10 })).toEqual({ mae: 120, mfe: 30 });
  });

  test('start after the entry bar and hold the exit bar where orders fill at the close', () => {
    expect(one({ prices: [105, 95] }, 'close')).toEqual({ mae: 150, mfe: 150 });
  });

  test('are never below what was made or lost, on any run', () => {
    fc.assert(
      fc.property(runCase, ({ bars, signals, settings }) => {
        const { roundTrips: trips } = runReference(bars, signals, settings);
        const { mae, mfe } = excursions(trips, [bars], settings.fill);
        for (let k = 0; k < trips.count; k++) {
          const made = trips.units[k]! * (trips.exitPrice[k]! - trips.entryPrice[k]!);
          const noise = 1e-9 * Math.abs(trips.units[k]! * trips.entryPrice[k]!);
          expect(mfe[k]!).toBeGreaterThanOrEqual(Math.max(0, made) - noise);
          expect(mae[k]!).toBeGreaterThanOrEqual(Math.max(0, -made) - noise);
        }
      }),
    );
  });
});

describe('returns of days and months', () => {
  test('months chain to the return of the whole run, on any run', () => {
    fc.assert(
      fc.property(runCase, ({ bars, signals, settings }) => {
        const outcome = runReference(bars, signals, settings);
        const facts = wholeFacts(outcome, bars, signals.warmupBars, settings);
        const growth = facts.monthlyReturns.reduce((total, { ratio }) => total * (1 + ratio), 1);
        expect(growth * settings.cash).toBeCloseTo(outcome.equity.at(-1)!, 4);
      }),
    );
  });

  test('figures keep their order on any run', () => {
    fc.assert(
      fc.property(runCase, ({ bars, signals, settings }) => {
        const outcome = runReference(bars, signals, settings);
        const s = computeStatistics(outcome, bars, signals.warmupBars, settings);
        expect(s.bestMonthPct!).toBeGreaterThanOrEqual(s.worstMonthPct!);
        expect(s.ulcerIndexPct!).toBeGreaterThanOrEqual(0);
        expect(s.timeInMarketPct ?? 0).toBeLessThanOrEqual(100 + 1e-9);
        if (s.worstDayPct === null) return;
        const falling = [s.bestDayPct!, s.var95Pct!, s.var99Pct!, s.worstDayPct];
        expect(falling).toEqual(falling.toSorted((a, b) => b - a));
        expect(s.cvar95Pct!).toBeLessThanOrEqual(s.var95Pct!);
        expect(s.cvar99Pct!).toBeLessThanOrEqual(s.var99Pct!);
      }),
    );
  });

  test('by hand: two months, three calendar days under water', () => {
    const equity = Array.from({ length: 25 }, () => 1000);
    equity[2] = 900; // Wednesday; the peak was on Tuesday, made good again on Friday.
    equity[3] = 950;
    equity.fill(1100, 23);
    const outcome = madeOutcome(equity, [{ ...trip({}), profit: 100 }]);
    const bars = madeBars(equity.map(() => [100, 100, 100, 100]));
    const s = computeStatistics(outcome, bars, 1, { ...defaultSettings, cash: 1000 });
    expect(s.longestUnderwaterDays).toBe(3);
    expect(s.bestMonthPct).toBeCloseTo(10, 12);
    expect(s.profitableMonthsPct).toBe(50);
    expect(s.worstDayPct).toBeCloseTo(-10, 12);
    expect(s.ulcerIndexPct).toBeCloseTo(Math.sqrt((10 ** 2 + 5 ** 2) / 25), 12);
    expect(s.timeInMarketPct).toBeCloseTo((2 / 32) * 100, 12);
  });
});
