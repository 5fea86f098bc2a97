/** Prices inside bars: each in the one bar that holds it, those in none left out. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sliceBars, type Bars } from './bars.ts';
import { barsOfTicks } from './bars-of-ticks.ts';
import { coveredBars, innerBars, innerTicks } from './inner-prices.ts';
import { makeBars } from './made-bars.ts';
import { makeTicks } from './made-ticks.ts';

const HOUR_MS = 3_600_000;
const startMs = Date.UTC(2020, 0, 1);

/** Bars without those whose bit is not set. */
function holed(bars: Bars, there: readonly boolean[]): Bars {
  const keep = Array.from(bars.timesMs.keys()).filter((i) => there[i % there.length] === true);
  const pick = <A extends Float64Array | Int32Array>(column: A) =>
    Array.from(keep, (i) => column[i]!);
  const ints = (column: Int32Array | Float64Array) => Int32Array.from(pick(column));
  const { open, high, low, close } = bars.bid;
  return {
    ...bars,
    length: keep.length,
    timesMs: Float64Array.from(pick(bars.timesMs)),
    bid: { open: ints(open), high: ints(high), low: ints(low), close: ints(close) },
  };
}

test('every minute is in the hour that holds it, or in none', () => {
  const bits = fc.array(fc.boolean(), { minLength: 1, maxLength: 23 });
  fc.assert(
    fc.property(bits, bits, fc.integer({ min: -90, max: 90 }), (hours, minutes, shift) => {
      const bars = holed(makeBars({ count: 24, seed: 1 }), hours);
      const all = makeBars({
        count: 300,
        seed: 2,
        stepMs: 60_000,
        firstMs: startMs + shift * 60_000,
      });
      const lower = holed(all, minutes);
      const inner = innerBars(bars, 'H1', lower);
      if (inner.kind !== 'bars') throw new Error('bars inside bars are bars');
      expect(inner.firstOf).toHaveLength(bars.length + 1);
      const expected = Array.from(bars.timesMs, (opensMs) =>
        Array.from(lower.timesMs).filter((time) => time >= opensMs && time < opensMs + HOUR_MS),
      );
      const found = expected.map((_, i) =>
        Array.from(inner.bars.timesMs.subarray(inner.firstOf[i], inner.firstOf[i + 1])),
      );
      expect(found).toEqual(expected);
      expect(coveredBars(inner)).toBe(expected.filter((times) => times.length > 0).length);
      const rowOf = new Map(Array.from(lower.timesMs, (time, i) => [time, i]));
      for (let k = inner.firstOf[0]!; k < inner.firstOf.at(-1)!; k++) {
        const from = rowOf.get(inner.bars.timesMs[k]!)!;
        expect(inner.bars.bid.high[k]).toBe(lower.bid.high[from]);
      }
    }),
  );
});

test('ticks make the bars that they lie in', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom('M1', 'M5', 'H1'), (seed, timeframe) => {
      const ticks = makeTicks({ count: 800, seed, mostStepMs: 60_000, firstMs: startMs + 12_345 });
      const bars = barsOfTicks(ticks, timeframe);
      const { firstOf } = innerTicks(bars, timeframe, ticks);
      expect(coveredBars({ kind: 'ticks', ticks, firstOf })).toBe(bars.length);
      expect(firstOf[0]).toBe(0);
      expect(firstOf.at(-1)).toBe(ticks.length);
      for (let i = 0; i < bars.length; i++) {
        const own = (column: ArrayLike<number>, scale: number) =>
          Array.from(column)
            .slice(firstOf[i], firstOf[i + 1])
            .map((points) => points / scale);
        const bid = own(ticks.bid, ticks.scale);
        const ask = own(ticks.ask!, ticks.scale);
        const at = (side: Bars['bid'], field: 'open' | 'high' | 'low' | 'close') =>
          side[field][i]! / bars.scale;
        expect(at(bars.bid, 'open')).toBe(bid[0]);
        expect(at(bars.bid, 'high')).toBe(Math.max(...bid));
        expect(at(bars.bid, 'low')).toBe(Math.min(...bid));
        expect(at(bars.ask!, 'high')).toBe(Math.max(...ask));
        expect(at(bars.ask!, 'close')).toBe(ask.at(-1));
        expect(bars.volume![i]).toBe(bid.length);
      }
    }),
    { numRuns: 25 },
  );
});

test('a day that summer time lengthens keeps its last hour', () => {
  const days = makeBars({ count: 3, seed: 3, stepMs: 24 * HOUR_MS });
  const long: Bars = {
    ...days,
    timesMs: Float64Array.of(startMs, startMs + 25 * HOUR_MS, startMs + 97 * HOUR_MS),
  };
  const hours = makeBars({ count: 130, seed: 4 });
  const inner = innerBars(long, 'D1', hours);
  const lengths = Array.from(long.timesMs, (_, i) => inner.firstOf[i + 1]! - inner.firstOf[i]!);
  expect(lengths).toEqual([25, 25, 25]);
});

test('minutes inside bars of a slice are those of the slice', () => {
  const bars = makeBars({ count: 10, seed: 5 });
  const lower = makeBars({ count: 600, seed: 6, stepMs: 60_000 });
  const inner = innerBars(sliceBars(bars, 4, 6), 'H1', lower);
  expect(Array.from(inner.firstOf)).toEqual([240, 300, 360]);
});
