/** Exponential smoothing, the recursion under several averages. */
import { firstValue } from './first-value.ts';

export type Seed = 'mean' | 'first';

/**
 * Each value is the one before plus `weight` times its distance from the new one.
 *
 * `mean` starts at the mean of the first `period` values, on the bar of the last of them (TA-Lib,
 * Wilder); `first` starts with the first value itself (Tulip).
 */
export function smooth(
  values: Float64Array,
  period: number,
  weight: number,
  seed: Seed,
): Float64Array {
  const out = new Float64Array(values.length);
  const start = firstValue(values);
  const first = seed === 'first' ? start : start + period - 1;
  out.fill(NaN, 0, first);
  if (first >= values.length) return out;
  let smoothed = seed === 'first' ? values[start]! : meanOf(values, start, period);
  out[first] = smoothed;
  for (let i = first + 1; i < out.length; i++) {
    smoothed += weight * (values[i]! - smoothed);
    out[i] = smoothed;
  }
  return out;
}

/** Mean of `count` values beginning at `from`. */
function meanOf(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += values[i]!;
  return sum / count;
}
