/** Highest and lowest value of a moving window, in one pass whatever its length. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { recall, type Memory } from './memory.ts';

/** Largest of the last `period` values; the first `period - 1` are NaN. */
export function highest(values: Float64Array, period: number, memory?: Memory): Float64Array {
  return extreme(values, period, 1, 'value', memory);
}

/** Smallest of the last `period` values; the first `period - 1` are NaN. */
export function lowest(values: Float64Array, period: number, memory?: Memory): Float64Array {
  return extreme(values, period, -1, 'value', memory);
}

/** Bars since the largest of the last `period` values, the newest of equal ones. */
export function barsSinceHighest(
  values: Float64Array,
  period: number,
  memory?: Memory,
): Float64Array {
  return extreme(values, period, 1, 'age', memory);
}

/** Bars since the smallest of the last `period` values, the newest of equal ones. */
export function barsSinceLowest(
  values: Float64Array,
  period: number,
  memory?: Memory,
): Float64Array {
  return extreme(values, period, -1, 'age', memory);
}

/** A queue of candidates, best first: what a newer, better value hides is forgotten. */
function extreme(
  values: Float64Array,
  period: number,
  sign: 1 | -1,
  wanted: 'value' | 'age',
  memory: Memory | undefined,
): Float64Array {
  checkPeriod(period);
  const out = new Float64Array(values.length).fill(NaN);
  const age = wanted === 'age';
  // A ring a little longer than the window, so that it stays near the processor.
  const mask = (1 << (32 - Math.clz32(period))) - 1;
  const kept = recall(memory, () => ({
    bars: new Int32Array(mask + 1),
    best: new Float64Array(mask + 1),
    head: 0,
    tail: 0,
    seen: 0,
  }));
  const { bars, best } = kept;
  let { head, tail } = kept;
  // Bars are counted from the start of the chunk; those before it are below 0.
  const start = kept.seen > 0 ? -kept.seen : firstValue(values);
  for (let i = Math.max(0, start); i < values.length; i++) {
    const value = sign * values[i]!;
    while (tail > head && best[(tail - 1) & mask]! <= value) tail--;
    bars[tail & mask] = i;
    best[tail & mask] = value;
    tail++;
    if (bars[head & mask]! <= i - period) head++;
    if (i < start + period - 1) continue;
    out[i] = age ? i - bars[head & mask]! : sign * best[head & mask]!;
  }
  for (let k = head; k < tail; k++) bars[k & mask] = bars[k & mask]! - values.length;
  Object.assign(kept, { head, tail, seen: values.length - start });
  return out;
}
