/** The comparison of two runs: which differences count, and where bars are cut off. */
import { expect, test } from 'vitest';
import { findLeak, leakCuts } from './leak-check.ts';

const log = (orders: Readonly<Record<number, readonly number[]>>) =>
  new Map(Object.entries(orders).map(([bar, values]) => [Number(bar), Float64Array.from(values)]));

test('the same orders up to the cut are no leak, whatever came after it', () => {
  expect(findLeak(log({ 3: [1, NaN], 50: [2] }), log({ 3: [1, NaN] }), 50)).toBeNull();
});

test('an order that changes, appears or goes is a leak at its bar, the last one included', () => {
  const whole = log({ 3: [1], 9: [2] });
  expect(findLeak(whole, log({ 3: [1], 9: [5] }), 10)).toEqual({ bar: 9, bars: 10 });
  expect(findLeak(whole, log({ 3: [1] }), 10)).toEqual({ bar: 9, bars: 10 });
  expect(findLeak(whole, log({ 2: [1], 3: [1], 9: [2] }), 50)).toEqual({ bar: 2, bars: 50 });
});

test('bars are cut off right behind bars with orders, spread over all of them', () => {
  expect(leakCuts(100, [40, 7])).toEqual([8, 41, 50]);
  const many = Array.from({ length: 500 }, (_, index) => 2 * index);
  const cuts = leakCuts(1000, many);
  expect(cuts.length).toBeLessThanOrEqual(9);
  expect(cuts.at(-1)).toBeGreaterThan(800);
  expect(cuts.every((cut) => cut === 500 || many.includes(cut - 1))).toBe(true);
});

test('without orders there is one cut, and none where there are too few bars', () => {
  expect(leakCuts(1000, [])).toEqual([500]);
  expect(leakCuts(2, [1])).toEqual([]);
});
