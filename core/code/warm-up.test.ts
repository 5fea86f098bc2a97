/** The warm-up table against indicators whose memory is known. */
import { expect, test } from 'vitest';
import { ema } from '../indicators/ema.ts';
import { sma } from '../indicators/sma.ts';
import { makeBars } from '../market/made-bars.ts';
import { prices } from '../market/bars.ts';
import { warmupTable } from './warm-up.ts';

const bars = makeBars({ count: 5000, seed: 3 });
const close = prices(bars.bid, 'close', bars.scale);
const rowOf = (compute: (values: Float64Array) => Float64Array) =>
  warmupTable({
    names: ['it'],
    length: close.length,
    compute: (from) => [compute(close.subarray(from))],
  })[0]!;

test('a window settles with its first value', () => {
  const { firstBar, settledBars } = rowOf((values) => sma(values, 50));
  expect(firstBar).toBe(49);
  expect(settledBars).toBeGreaterThanOrEqual(50);
  expect(settledBars).toBeLessThanOrEqual(50 * 1.25 + 1);
});

test('a recursive average has a value long before it settles', () => {
  const { firstBar, settledBars } = rowOf((values) => ema(values, 50));
  expect(firstBar).toBe(49);
  expect(settledBars).toBeGreaterThan(75);
  expect(settledBars).toBeLessThan(1000);
});

test('a longer one settles later', () => {
  const settled = [10, 100, 400].map(
    (period) => rowOf((values) => ema(values, period)).settledBars,
  );
  expect(settled).toEqual(settled.toSorted((a, b) => a! - b!));
});

test('a running sum never settles, and a column without a value has no first bar', () => {
  const sum = (values: Float64Array) => {
    let total = 0;
    return values.map((value) => (total += value));
  };
  expect(rowOf(sum)).toMatchObject({ firstBar: 0, settledBars: null });
  expect(rowOf((values) => values.map(() => NaN))).toMatchObject({
    firstBar: null,
    settledBars: null,
  });
});
