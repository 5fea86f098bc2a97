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
  const queue = new Int32Array(values.length);
  const age = wanted === 'age';
  let head = 0;
  let tail = 0;
  for (let i = start; i < values.length; i++) {
    const value = sign * values[i]!;
    while (tail > head && sign * values[queue[tail - 1]!]! <= value) tail--;
    queue[tail++] = i;
    if (queue[head]! <= i - period) head++;
    if (i >= start + period - 1) out[i] = age ? i - queue[head]! : values[queue[head]!]!;
  }
  return out;
}
