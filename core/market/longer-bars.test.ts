/** Longer bars lose nothing of the shorter ones they are made of. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canMake, longerBars } from './longer-bars.ts';
import { makeBars } from './made-bars.ts';
import { timeframeMs } from './timeframe.ts';

const longer = fc.constantFrom('H2', 'H4', 'D1', 'W1', 'MN1');

test('longer bars open, close and reach where the shorter ones do, and count their volume', () => {
  fc.assert(
    fc.property(longer, fc.integer({ min: 1, max: 900 }), fc.nat(99), (timeframe, count, seed) => {
      const bars = makeBars({ count, seed, volume: true });
      const made = longerBars(bars, timeframe);
      const volume = (all: Float64Array | null) => all!.reduce((sum, each) => sum + each, 0);
      expect(made.bid.open[0]).toBe(bars.bid.open[0]);
      expect(made.bid.close.at(-1)).toBe(bars.bid.close.at(-1));
      expect(Math.max(...made.bid.high)).toBe(Math.max(...bars.bid.high));
      expect(Math.min(...made.bid.low)).toBe(Math.min(...bars.bid.low));
      expect(volume(made.volume)).toBeCloseTo(volume(bars.volume));
      expect([...made.timesMs]).toEqual([...made.timesMs].toSorted((a, b) => a - b));
      expect(made.timesMs[0]).toBeLessThanOrEqual(bars.timesMs[0]!);
    }),
    { numRuns: 60 },
  );
});

test('bars to come change none but the last of the longer ones', () => {
  const bars = makeBars({ count: 400, seed: 4, volume: true });
  const whole = longerBars(bars, 'D1');
  const part = longerBars(makeBars({ count: 400, seed: 4, volume: true }), 'D1');
  expect(part.timesMs).toEqual(whole.timesMs);
  const cut = longerBars({ ...bars, length: 200, timesMs: bars.timesMs.subarray(0, 200) }, 'D1');
  const last = cut.length - 1;
  expect([...cut.bid.close.subarray(0, last)]).toEqual([...whole.bid.close.subarray(0, last)]);
});

test('a timeframe is made of shorter ones that fit into it', () => {
  expect(timeframeMs('H1')).toBe(3_600_000);
  expect(canMake('H1', 'H1')).toBe(true);
  expect(canMake('H4', 'M15')).toBe(true);
  expect(canMake('H1', 'H4')).toBe(false);
  expect(canMake('M10', 'M4')).toBe(false);
  expect(canMake('MN1', 'W1')).toBe(false);
  expect(canMake('MN1', 'D1')).toBe(true);
  expect(canMake('ticks', 'M1')).toBe(false);
});
