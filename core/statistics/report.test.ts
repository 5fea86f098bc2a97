/** The tables of the report: they add up to the run, and look right by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCase } from '../../tests/fuzz/run-case.ts';
import { runReference } from '../execution/reference-broker.ts';
import { DAY_MS } from './calendar.ts';
import { entryTimes } from './entry-times.ts';
import { histogram } from './histogram.ts';
import { runReport } from './report.ts';
import { rolling } from './rolling.ts';
import { yearTable } from './year-table.ts';

const total = (groups: readonly { readonly count: number }[]) =>
  groups.reduce((sum, { count }) => sum + count, 0);

describe('the report of any run', () => {
  test('counts each round trip once in every table', () => {
    fc.assert(
      fc.property(runCase, ({ bars, signals, settings }) => {
        const { equity, roundTrips } = runReference(bars, signals, settings);
        const input = { timesMs: bars.timesMs, equity, roundTrips, settings, bars };
        const { entries, distribution, excursions } = runReport(input);
        const { count } = roundTrips;
        expect(total(entries.byHour)).toBe(count);
        expect(total(entries.byWeekday)).toBe(count);
        expect(total(entries.byMonth)).toBe(count);
        expect(excursions?.number.length ?? 0).toBe(count);
        expect(distribution === null).toBe(count === 0);
        const { below, above, counts } = distribution ?? { below: 0, above: 0, counts: [] };
        expect(counts.reduce((sum, each) => sum + each, below + above)).toBe(count);
      }),
    );
  });
});

describe('a histogram', () => {
  test('has zero as an edge and no more bins than asked for', () => {
    const values = fc.float64Array({ min: -1000, max: 1000, noNaN: true, minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: 5, max: 60 }), (column, most) => {
        const { from, width, counts } = histogram(column, most)!;
        expect(counts.length).toBeLessThanOrEqual(most);
        expect(Math.abs(from / width - Math.round(from / width))).toBeLessThan(1e-9);
        expect(from).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('by hand', () => {
    const { from, width, counts } = histogram(Float64Array.of(-1.5, -0.2, 0, 0.4, 1.1), 6)!;
    expect({ from, width, counts }).toEqual({ from: -2, width: 1, counts: [1, 1, 2, 1] });
  });
});

test('entries are grouped by hour, weekday from Monday, and month, in UTC', () => {
  const sundayMs = Date.UTC(2024, 2, 3, 23, 59);
  const { byHour, byWeekday, byMonth } = entryTimes(
    Float64Array.of(sundayMs, sundayMs + DAY_MS),
    Float64Array.of(0.02, -0.01),
    Float64Array.of(20, -10),
  );
  expect(byHour[23]).toEqual({ count: 2, wins: 1, winRatePct: 50, avgReturnPct: 0.5, profit: 10 });
  expect(byWeekday.map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 0, 1]);
  expect(byMonth[2]!.count).toBe(2);
  expect(byMonth[3]!.avgReturnPct).toBeNull();
});

test('a year chains its months, and months without bars stay empty', () => {
  const rows = yearTable([
    { year: 2023, month: 11, ratio: 0.1 },
    { year: 2024, month: 0, ratio: 0.1 },
    { year: 2024, month: 2, ratio: -0.5 },
  ]);
  expect(rows.map(({ year }) => year)).toEqual([2023, 2024]);
  expect(rows[1]!.ratio).toBeCloseTo(-0.45, 12);
  expect(rows[1]!.months.slice(0, 4)).toEqual([0.1, null, -0.5, null]);
});

test('a rolling figure does not depend on days outside its window', () => {
  const equity = fc.array(fc.double({ min: 50, max: 200, noNaN: true }), {
    minLength: 12,
    maxLength: 40,
  });
  fc.assert(
    fc.property(equity, (days) => {
      const all = Float64Array.from(days);
      const whole = rolling(all, 5, 252);
      const last = rolling(all.subarray(-6), 5, 252);
      expect(whole.sharpe.at(-1)).toBe(last.sharpe.at(-1));
      expect(whole.returnRatio.at(-1)).toBe(last.returnRatio.at(-1));
      expect(whole.sharpe.subarray(0, 5).every(Number.isNaN)).toBe(true);
    }),
  );
});
