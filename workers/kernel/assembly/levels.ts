/** Stops and targets of the bars that signal an entry, and those levels in whole points. */
import { scale } from './columns';

export let stop: f64 = NaN;
export let target: f64 = NaN;

/** Stop and target side by side, an entry after another. */
let pairs: usize = 0;
/** The bar of each, rising; the last is beyond every bar. */
let bars: usize = 0;
let cursor: usize = 0;

export function placeLevels(pairsAt: usize, barsAt: usize): void {
  pairs = pairsAt;
  bars = barsAt;
}

export function rewindLevels(): void {
  cursor = 0;
}

/** Makes the levels of the entry on bar `i` the current ones; `i` never falls within a run. */
export function findLevels(i: i32): void {
  while (load<i32>(bars + (cursor << 2)) < i) cursor++;
  const found = load<i32>(bars + (cursor << 2)) === i;
  stop = found ? load<f64>(pairs + (cursor << 4)) : NaN;
  target = found ? load<f64>(pairs + (cursor << 4), 8) : NaN;
}

/** Makes these the current ones. */
export function takeLevels(stopAt: f64, targetAt: f64): void {
  stop = stopAt;
  target = targetAt;
}

/**
 * No fewer than the most points whose price is at or below `level`, and one more at times: who
 * meets them looks at the price itself. Below all points where the level is NaN.
 */
export function pointsBelow(level: f64): i32 {
  const near = floor<f64>(level * scale) + 1;
  if (!(near > <f64>i32.MIN_VALUE)) return i32.MIN_VALUE;
  return near >= <f64>i32.MAX_VALUE ? i32.MAX_VALUE : <i32>near;
}

/** No more than the fewest points whose price is at or above `level`, and one fewer at times. */
export function pointsAbove(level: f64): i32 {
  const near = ceil<f64>(level * scale) - 1;
  if (!(near < <f64>i32.MAX_VALUE)) return i32.MAX_VALUE;
  return near <= <f64>i32.MIN_VALUE ? i32.MIN_VALUE : <i32>near;
}
