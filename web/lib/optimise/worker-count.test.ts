import { expect, test } from 'vitest';
import { workersFor } from './worker-count.ts';

const mark = (id: string, bars: number) => [{ id, bars, firstMs: 0, lastMs: 1 }];

test('bars alone take every processor', () => {
  expect(workersFor([], 8)).toBe(8);
  expect(workersFor(undefined, 1)).toBe(1);
});

test('a year of minutes takes every processor, years of ticks a few, too many one', () => {
  expect(workersFor(mark('EURUSD.M1', 370_000), 8)).toBe(8);
  expect(workersFor(mark('EURUSD.ticks', 10_000_000), 8)).toBe(4);
  expect(workersFor(mark('EURUSD.ticks', 100_000_000), 8)).toBe(1);
});
