/** Highest and lowest value of a moving window, in one pass whatever its length. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';

/** Largest of the last `period` values; the first `period - 1` are NaN. */
export function highest(values: Float64Array, period: number): Float64Array {
  return extreme(values, period, 1, 'value');
}

/** Smallest of the last `period` values; the first `period - 1` are NaN. */
export function lowest(values: Float64Array, period: number): Float64Array {
  return extreme(values, period, -1, 'value');
}

/** Bars since the largest of the last `period` values, the newest of equal ones. */
export function barsSinceHighest(values: Float64Array, period: number): Float64Array {
  return extreme(values, period, 1, 'age');
}

/** Bars since the smallest of the last `period` values, the newest of equal ones. */
export function barsSinceLowest(values: Float64Array, period: number): Float64Array {
  return extreme(values, period, -1, 'age');
}

/** A queue of candidates, best first: what a newer, better value hides is forgotten. */
function extreme(
  values: Float64Array,
  period: number,
  sign: 1 | -1,
  wanted: 'value' | 'age',
): Float64Array {
  checkPeriod(period);
  const out = new Float64Array(values.length).fill(NaN);
  const start = firstValue(values);
  const age = wanted === 'age';
  // A ring a little longer than the window, so that it stays near the processor.
  const mask = (1 << (32 - Math.clz32(period))) - 1;
  const bars = new Int32Array(mask + 1);
  const best = new Float64Array(mask + 1);
  let head = 0;
  let tail = 0;
  for (let i = start; i < values.length; i++) {
    const value = sign * values[i]!;
    while (tail > head && best[(tail - 1) & mask]! <= value) tail--;
    bars[tail & mask] = i;
    best[tail & mask] = value;
    tail++;
    if (bars[head & mask]! <= i - period) head++;
    if (i < start + period - 1) continue;
    out[i] = age ? i - bars[head & mask]! : sign * best[head & mask]!;
  }
  return out;
}
