/**
 * What moves inside the bars of a market: where the bars of a lower timeframe, or the ticks, of
 * each bar begin.
 *
 * A bar lasts as long as its timeframe, or until the next one opens where that is sooner. Prices
 * that lie in no bar, such as minutes of an hour that the hourly bars leave out, are dropped.
 */
import { assert } from '../assert.ts';
import type { InnerPrices } from '../execution/order-desk.ts';
import type { Bars, PriceColumn, PriceColumns } from './bars.ts';
import { firstAtOrAfter } from './months.ts';
import type { Ticks } from './ticks.ts';
import { timeframeMs, timeframeSlackMs } from './timeframe.ts';

/** The bars of `lower` inside those of `bars`, which are of `timeframe`. */
export function innerBars(bars: Bars, timeframe: string, lower: Bars): InnerPrices {
  const { firstOf, keep } = place(bars, timeframe, lower.timesMs);
  return { kind: 'bars', bars: keep === null ? lower : pickBars(lower, keep), firstOf };
}

/** The ticks inside `bars`, which are of `timeframe`. */
export function innerTicks(bars: Bars, timeframe: string, ticks: Ticks): InnerPrices {
  const { firstOf, keep } = place(bars, timeframe, ticks.timesMs);
  return { kind: 'ticks', ticks: keep === null ? ticks : pickTicks(ticks, keep), firstOf };
}

/** How many bars have any price inside them; the others are walked by their four prices. */
export function coveredBars({ firstOf }: InnerPrices): number {
  let covered = 0;
  for (let i = 1; i < firstOf.length; i++) if (firstOf[i]! > firstOf[i - 1]!) covered++;
  return covered;
}

interface Placing {
  readonly firstOf: Int32Array;
  /** Indices of the prices that lie in a bar; null when all between first and last do. */
  readonly keep: Int32Array | null;
}

function place(bars: Bars, timeframe: string, timesMs: Float64Array): Placing {
  const lengthMs = timeframeMs(timeframe);
  assert(lengthMs !== null, 'bars are of a timeframe');
  const longestMs = lengthMs + timeframeSlackMs(timeframe);
  const firsts = new Int32Array(bars.length + 1);
  const ends = new Int32Array(bars.length);
  let at = 0;
  let strays = 0;
  for (let i = 0; i < bars.length; i++) {
    const opensMs = bars.timesMs[i]!;
    const nextMs = i + 1 < bars.length ? bars.timesMs[i + 1]! : Infinity;
    const first = firstAtOrAfter(timesMs, opensMs, at);
    if (i > 0) strays += first - at;
    firsts[i] = first;
    at = ends[i] = firstAtOrAfter(timesMs, Math.min(nextMs, opensMs + longestMs), first);
  }
  firsts[bars.length] = at;
  return strays === 0 ? { firstOf: firsts, keep: null } : compact(firsts, ends);
}

/** The same with the strays left out, so that each bar ends where the next begins. */
function compact(firsts: Int32Array, ends: Int32Array): Placing {
  const keep: number[] = [];
  const firstOf = new Int32Array(firsts.length);
  for (let i = 0; i < ends.length; i++) {
    firstOf[i] = keep.length;
    for (let k = firsts[i]!; k < ends[i]!; k++) keep.push(k);
  }
  firstOf[ends.length] = keep.length;
  return { firstOf, keep: Int32Array.from(keep) };
}

function pickValues<A extends Float64Array | Int32Array>(column: A, keep: Int32Array): A {
  const out = column.slice(0, keep.length) as A;
  for (let i = 0; i < keep.length; i++) out[i] = column[keep[i]!]!;
  return out;
}

function pickPrices(column: PriceColumn, keep: Int32Array): PriceColumn {
  return column instanceof Int32Array ? pickValues(column, keep) : pickValues(column, keep);
}

function pickBars(bars: Bars, keep: Int32Array): Bars {
  const side = ({ open, high, low, close }: PriceColumns): PriceColumns => ({
    open: pickPrices(open, keep),
    high: pickPrices(high, keep),
    low: pickPrices(low, keep),
    close: pickPrices(close, keep),
  });
  return {
    ...bars,
    length: keep.length,
    timesMs: pickValues(bars.timesMs, keep),
    bid: side(bars.bid),
    ask: bars.ask && side(bars.ask),
    volume: bars.volume && pickValues(bars.volume, keep),
    spreadPoints: bars.spreadPoints && pickValues(bars.spreadPoints, keep),
  };
}

function pickTicks(ticks: Ticks, keep: Int32Array): Ticks {
  return {
    ...ticks,
    length: keep.length,
    timesMs: pickValues(ticks.timesMs, keep),
    bid: pickPrices(ticks.bid, keep),
    ask: ticks.ask && pickPrices(ticks.ask, keep),
    volume: ticks.volume && pickValues(ticks.volume, keep),
  };
}
