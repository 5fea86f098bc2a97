/** Moving windows against the plain definition, and what drift would spoil. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sma } from './sma.ts';
import { stdev } from './stdev.ts';
import { sum } from './sum.ts';
import { highest, lowest } from './window-extreme.ts';
import { wma } from './wma.ts';

const series = fc
  .array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 150 })
  .map((values) => Float64Array.from(values));
const period = fc.integer({ min: 1, max: 20 });

const windows = (values: Float64Array, length: number): readonly (readonly number[])[] =>
  Array.from(values.slice(length - 1), (_, i) => Array.from(values.slice(i, i + length)));
const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]): number => total(values) / values.length;

describe('windows', () => {
  it.each([
    ['sum', sum, total],
    ['mean', sma, mean],
    ['largest', highest, (window: readonly number[]) => Math.max(...window)],
    ['smallest', lowest, (window: readonly number[]) => Math.min(...window)],
    [
      'weighted mean',
      wma,
      (window: readonly number[]) =>
        total(window.map((value, i) => value * (i + 1))) / total(window.map((_, i) => i + 1)),
    ],
    [
      'deviation',
      stdev,
      (window: readonly number[]) =>
        Math.sqrt(mean(window.map((value) => (value - mean(window)) ** 2))),
    ],
  ] as const)('give the %s of each stretch of bars', (_name, compute, plain) => {
    fc.assert(
      fc.property(series, period, (values, length) => {
        fc.pre(values.length >= length);
        const actual = compute(values, length).slice(length - 1);
        const largest = Math.max(...values.map(Math.abs));
        windows(values, length).forEach((window, i) => {
          // Squares of what is smaller than 1e-150 vanish.
          const allowed = 1e-12 * largest + 1e-150;
          expect(Math.abs(actual[i]! - plain(window))).toBeLessThanOrEqual(allowed);
        });
      }),
    );
  });

  it('leave nothing behind when a huge value has passed', () => {
    const values = Float64Array.from({ length: 300 }, (_, i) =>
      i === 50 ? 1e15 / 3 : (i % 7) / 3,
    );
    const without = values.with(50, 0);
    for (const compute of [sma, wma, sum]) {
      expect(compute(values, 20).slice(70)).toStrictEqual(compute(without, 20).slice(70));
    }
  });

  it('keep the deviation of small moves on a high price', () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => 30_000 + (i % 2) * 1e-6);
    const two = values[1]! - values[0]!;
    expect(stdev(values, 10).at(-1)).toBeCloseTo(two / 2, 15);
  });
});

describe('simple average', () => {
  const decimals = fc.integer({ min: 0, max: 6 });
  const points = fc.array(fc.integer({ min: 1, max: 3_000_000 }), { minLength: 1, maxLength: 12 });

  it('is the same number for any period when prices repeat, so that a tie is a tie', () => {
    fc.assert(
      fc.property(points, decimals, fc.integer({ min: 2, max: 5 }), (cycle, digits, times) => {
        const values = Float64Array.from(
          { length: cycle.length * times * 2 },
          (_, i) => cycle[i % cycle.length]! / 10 ** digits,
        );
        const short = sma(values, cycle.length);
        const long = sma(values, cycle.length * times);
        for (let i = cycle.length * times - 1; i < values.length; i++) {
          expect(long[i]).toBe(short[i]);
        }
      }),
    );
  });

  it('does not change what came before when a price with more digits arrives', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0.1, max: 9, noNaN: true }), (cycle, odd) => {
        const before = Float64Array.from(cycle, (value) => value / 100);
        const after = Float64Array.from([...before, odd, ...before]);
        for (const length of [1, 3, 5]) {
          expect(sma(after, length).slice(0, before.length)).toStrictEqual(sma(before, length));
        }
      }),
    );
  });

  it('is the mean again once a price off the grid has left the window', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => (i === 10 ? Math.PI : 1.1));
    const averages = sma(values, 5);
    expect(averages[9]).toBe(1.1);
    expect(averages[15]).toBe(1.1);
    expect(averages[39]).toBe(1.1);
  });
});
