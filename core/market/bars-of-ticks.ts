/** Bars made of ticks: the first, highest, lowest and last quote of each slot of time. */
import { assert } from '../assert.ts';
import type { Bars, PriceColumn, PriceColumns } from './bars.ts';
import { canonicalBars } from './canonical.ts';
import { DAY_MS, timeframeMs } from './timeframe.ts';
import type { Ticks } from './ticks.ts';

/**
 * Bars of `timeframe`, at most a day, which open on whole multiples of it in UTC; a slot without
 * a tick has no bar. The volume of a bar is the number of its ticks.
 */
export function barsOfTicks(ticks: Ticks, timeframe: string): Bars {
  const lengthMs = timeframeMs(timeframe);
  assert(lengthMs !== null && lengthMs <= DAY_MS, 'bars of ticks last a day at most');
  const firsts = firstsOfSlots(ticks.timesMs, lengthMs);
  const length = firsts.length - 1;
  const each = (value: (from: number, to: number) => number) =>
    Float64Array.from({ length }, (_, i) => value(firsts[i]!, firsts[i + 1]!));
  return canonicalBars({
    length,
    timesMs: each((from) => Math.floor(ticks.timesMs[from]! / lengthMs) * lengthMs),
    scale: ticks.scale,
    digits: ticks.digits,
    bid: sideOf(ticks.bid, firsts),
    ask: ticks.ask && sideOf(ticks.ask, firsts),
    volume: each((from, to) => to - from),
    spreadPoints: null,
  });
}

/** Index of the first tick of each slot that has one, and at the end the number of ticks. */
function firstsOfSlots(timesMs: Float64Array, lengthMs: number): Int32Array {
  const firsts: number[] = [];
  let slot = NaN;
  for (let i = 0; i < timesMs.length; i++) {
    const own = Math.floor(timesMs[i]! / lengthMs);
    if (own === slot) continue;
    slot = own;
    firsts.push(i);
  }
  return Int32Array.from([...firsts, timesMs.length]);
}

function sideOf(quotes: PriceColumn, firsts: Int32Array): PriceColumns {
  const length = firsts.length - 1;
  const make = () =>
    quotes instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
  const [open, high, low, close] = [make(), make(), make(), make()];
  for (let i = 0; i < length; i++) {
    const from = firsts[i]!;
    const to = firsts[i + 1]!;
    let most = quotes[from]!;
    let least = most;
    for (let k = from + 1; k < to; k++) {
      const quote = quotes[k]!;
      if (quote > most) most = quote;
      if (quote < least) least = quote;
    }
    open[i] = quotes[from]!;
    high[i] = most;
    low[i] = least;
    close[i] = quotes[to - 1]!;
  }
  return { open, high, low, close };
}
