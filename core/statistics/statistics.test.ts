/** Statistics on runs small enough to reckon by hand, and on any run at all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCase } from '../../tests/fuzz/run-case.ts';
import type { Outcome } from '../execution/outcome.ts';
import { runReference } from '../execution/reference-broker.ts';
import { createRoundTripLog, finishedColumns, nextRow } from '../execution/round-trip-log.ts';
import { defaultSettings } from '../execution/settings.ts';
import type { Bars } from '../market/bars.ts';
import { barUnitMs, DAY_MS, periodsPerYear } from './calendar.ts';
import { drawdowns } from './drawdown.ts';
import { computeStatistics, statistics } from './registry.ts';
import { dailyReturns, dayEndBars } from './returns.ts';

const MONDAY_MS = Date.UTC(2024, 0, 1);

interface Trip {
  readonly bars: readonly [entry: number, exit: number];
  readonly prices: readonly [entry: number, exit: number];
  readonly units: number;
}

function stats(closes: readonly number[], equity: readonly number[], trips: readonly Trip[]) {
  const close = Float64Array.from(closes);
  const bars: Bars = {
    length: close.length,
    timesMs: Float64Array.from(close, (_, i) => MONDAY_MS + i * DAY_MS),
    scale: 1,
    digits: 2,
    bid: { open: close, high: close, low: close, close },
    ask: null,
    volume: null,
    spreadPoints: null,
  };
  const log = createRoundTripLog();
  for (const { bars: at, prices, units } of trips) {
    const row = nextRow(log);
    log.columns.entryBar[row] = at[0];
    log.columns.exitBar[row] = at[1];
    log.columns.entryPrice[row] = prices[0];
    log.columns.exitPrice[row] = prices[1];
    log.columns.units[row] = units;
    log.columns.profit[row] = units * (prices[1] - prices[0]) - 2;
    log.columns.commission[row] = 2;
  }
  const outcome: Outcome = {
    roundTrips: finishedColumns(log),
    equity: Float64Array.from(equity),
    commissions: 2 * trips.length,
    open: null,
    droppedEntries: 0,
  };
  return computeStatistics(outcome, bars, 1, { ...defaultSettings, cash: equity[0]! });
}

describe('every statistic', { timeout: 60_000 }, () => {
  test('is a finite number or null on any run', () => {
    fc.assert(
      fc.property(runCase, ({ bars, signals, settings }) => {
        const outcome = runReference(bars, signals, settings);
        const figures = computeStatistics(outcome, bars, signals.warmupBars, settings);
        expect(Object.keys(figures)).toEqual(statistics.map(({ key }) => key));
        for (const figure of Object.values(figures)) {
          expect(figure === null || Number.isFinite(figure)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('has a key, a label and a definition of its own, the last a sentence', () => {
    for (const name of ['key', 'label', 'definition'] as const) {
      expect(new Set(statistics.map((one) => one[name])).size).toBe(statistics.length);
    }
    expect(statistics.filter(({ definition }) => !/^[A-Z].*\.$/.test(definition))).toEqual([]);
  });

  test('keeps to its bounds on any run', () => {
    fc.assert(
      fc.property(runCase, ({ bars, signals, settings }) => {
        const outcome = runReference(bars, signals, settings);
        const figures = computeStatistics(outcome, bars, signals.warmupBars, settings);
        expect(figures.maxDrawdownPct).toBeLessThanOrEqual(0);
        expect(figures.maxDrawdownPct).toBeGreaterThanOrEqual(-100);
        expect(figures.exposurePct).toBeGreaterThanOrEqual(0);
        expect(figures.exposurePct).toBeLessThanOrEqual(100);
        expect(figures.equityPeak).toBeGreaterThanOrEqual(figures.equityFinal!);
        expect(figures.avgTradeDurationMs ?? 0).toBeLessThanOrEqual(
          figures.maxTradeDurationMs ?? 0,
        );
      }),
    );
  });
});

describe('by hand', () => {
  const trips: Trip[] = [
    { bars: [1, 2], prices: [100, 110], units: 10 },
    { bars: [2, 3], prices: [110, 121], units: -10 },
    { bars: [5, 5], prices: [100, 105], units: 10 },
  ];
  const closes = [90, 100, 110, 121, 100, 105];
  const figures = stats(closes, [1000, 1000, 1100, 990, 990, 1040], trips);

  test('money and exposure', () => {
    expect(figures.equityFinal).toBe(1040);
    expect(figures.equityPeak).toBe(1100);
    expect(figures.returnPct).toBeCloseTo(4, 12);
    expect(figures.buyHoldReturnPct).toBeCloseTo(5, 12);
    expect(figures.commissions).toBe(6);
    expect(figures.exposurePct).toBeCloseTo((4 / 6) * 100, 12);
  });

  test('round trips', () => {
    const returns = [0.1 - 0.002, -0.1 - 2 / 1100, 0.05 - 0.002];
    expect(figures.roundTrips).toBe(3);
    expect(figures.winRatePct).toBeCloseTo(200 / 3, 12);
    expect(figures.bestTradePct).toBeCloseTo(returns[0]! * 100, 12);
    expect(figures.worstTradePct).toBeCloseTo(returns[1]! * 100, 12);
    expect(figures.profitFactorOnReturns).toBeCloseTo(
      (returns[0]! + returns[2]!) / -returns[1]!,
      12,
    );
    expect(figures.kelly).toBeCloseTo(2 / 3 - 1 / 3 / (73 / 112), 12);
    expect(figures.maxTradeDurationMs).toBe(DAY_MS);
    expect(figures.avgTradeDurationMs).toBe(DAY_MS);
  });

  test('drawdown lasts from the peak to the end when it is not made good', () => {
    expect(figures.maxDrawdownPct).toBeCloseTo(-10, 12);
    expect(figures.avgDrawdownPct).toBeCloseTo(-10, 12);
    expect(figures.maxDrawdownDurationMs).toBe(3 * DAY_MS);
  });

  test('what cannot be said is null', () => {
    const idle = stats([100, 101, 102], [1000, 1000, 1000], []);
    expect(idle.roundTrips).toBe(0);
    expect(idle.commissions).toBe(0);
    expect(idle.maxDrawdownPct).toBe(0);
    const undefinedThen = ['winRatePct', 'sqn', 'kelly', 'sharpeGeometric', 'sortino', 'calmar'];
    for (const key of undefinedThen) expect(idle[key as 'sqn'], key).toBeNull();
  });
});

describe('the calendar', () => {
  const every = (stepMs: number, count: number) =>
    Float64Array.from({ length: count }, (_, i) => MONDAY_MS + i * stepMs);
  const monthly = Float64Array.from({ length: 60 }, (_, i) => Date.UTC(2019, i, 1));
  const weekdays = every(DAY_MS, 700).filter((timeMs) => new Date(timeMs).getUTCDay() % 6 !== 0);

  test.each([
    ['weekdays', weekdays, 252],
    ['all days', every(DAY_MS, 700), 365],
    ['weekly', every(7 * DAY_MS, 100), 52],
    ['monthly', monthly, 12],
  ])('has the right number of returns a year for %s', (_, timesMs, expected) => {
    expect(periodsPerYear(timesMs)).toBe(expected);
  });

  test.each([
    [DAY_MS, DAY_MS],
    [4 * 3_600_000, 3_600_000],
    [300_000, 60_000],
  ])('knows the unit that bars of %i ms count in', (stepMs, unit) => {
    expect(barUnitMs(every(stepMs, 50))).toBe(unit);
  });

  test('takes the last equity of each day that has bars', () => {
    const timesMs = Float64Array.of(0, 1, DAY_MS, DAY_MS + 5, 4 * DAY_MS);
    const equity = Float64Array.of(90, 100, 300, 110, 121);
    const { returns, geometricMean } = dailyReturns(equity, dayEndBars(timesMs));
    expect([...returns].map((r) => r.toFixed(12))).toEqual(['0.100000000000', '0.100000000000']);
    expect(geometricMean).toBeCloseTo(0.1, 12);
  });
});

test('a dip lies between two peaks that are not neighbours, and the last bar ends one', () => {
  const equity = Float64Array.of(100, 101, 99, 98, 101, 102, 101, 103, 90, 95);
  const timesMs = Float64Array.from(equity, (_, i) => i);
  const { dips, maxDrawdownRatio } = drawdowns(equity, timesMs);
  expect(dips.map(({ durationMs }) => durationMs)).toEqual([3, 2, 2]);
  expect(maxDrawdownRatio).toBeCloseTo(1 - 90 / 103, 15);
});
