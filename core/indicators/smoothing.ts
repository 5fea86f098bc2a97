/** Exponential smoothing, the recursion under several averages. */
import { firstValue } from './first-value.ts';
import { recall, type Memory } from './memory.ts';

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
  memory?: Memory,
): Float64Array {
  const out = new Float64Array(values.length);
  const kept = recall(memory, () => ({
    missing: seed === 'first' ? 1 : period,
    sum: 0,
    smoothed: 0,
  }));
  const next = begin(out, values, seed === 'first' ? 1 : period, kept);
  let smoothed = kept.smoothed;
  for (let i = next; i < out.length; i++) {
    smoothed += weight * (values[i]! - smoothed);
    out[i] = smoothed;
  }
  kept.smoothed = smoothed;
  return out;
}

/** Takes in what the mean of the first `count` values still misses; the index of what follows. */
function begin(
  out: Float64Array,
  values: Float64Array,
  count: number,
  kept: { missing: number; sum: number; smoothed: number },
): number {
  if (kept.missing === 0) return 0;
  const start = firstValue(values);
  const end = Math.min(values.length, start + kept.missing);
  let sum = kept.sum;
  for (let i = start; i < end; i++) sum += values[i]!;
  out.fill(NaN, 0, end);
  kept.sum = sum;
  kept.missing -= end - start;
  if (kept.missing === 0) {
    kept.smoothed = sum / count;
    out[end - 1] = kept.smoothed;
  }
  return end;
}
