/** Straight lines through moving windows, by least squares, in one pass. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { recall, withPast, type Memory } from './memory.ts';
import { WindowSum } from './window-sum.ts';

export interface Regression {
  /** Value of the line on the newest bar. */
  readonly end: Float64Array;
  /** Rise of the line a bar. */
  readonly slope: Float64Array;
  /** Sum of the squared distances from the line. */
  readonly squares: Float64Array;
  /** Share of the variance that the line explains, 0 … 1; 0 where all values are equal. */
  readonly explained: Float64Array;
}

/**
 * The line of least squares through the last `period` values; the first `period - 1` are NaN.
 *
 * Sums are kept in twice the digits of a double, counted from the first value, so that nothing
 * drifts and a small slope on a large price is not lost.
 *
 * Throws if `period` is not an integer of at least 2: a bug, not user input.
 */
export function regression(values: Float64Array, period: number, memory?: Memory): Regression {
  checkPeriod(period - 1);
  const kept = recall(memory, () => {
    const nothing = new WindowSum().parts();
    return { origin: NaN, total: nothing, weighted: nothing, square: nothing, equal: 0 };
  });
  const { column, from } = withPast(values, period, memory);
  const length = column.length;
  const end = new Float64Array(length).fill(NaN);
  const slope = new Float64Array(length).fill(NaN);
  const squares = new Float64Array(length).fill(NaN);
  const explained = new Float64Array(length).fill(NaN);
  const start = firstValue(column);
  const origin = Number.isNaN(kept.origin) ? (column[start] ?? NaN) : kept.origin;
  const middle = (period - 1) / 2;
  const spread = (period * (period * period - 1)) / 12;
  const total = new WindowSum().resume(kept.total);
  const weighted = new WindowSum().resume(kept.weighted);
  const square = new WindowSum().resume(kept.square);
  let equal = kept.equal;
  for (let i = Math.max(start, from); i < length; i++) {
    const age = i - start;
    const offset = column[i]! - origin;
    equal = column[i] === column[i - 1] ? equal + 1 : 1;
    if (age >= period) {
      const oldest = column[i - period]! - origin;
      total.add(-oldest);
      square.addProduct(oldest, -oldest);
      weighted.add(-total.high);
      weighted.add(-total.low);
    }
    weighted.addProduct(Math.min(age, period - 1), offset);
    total.add(offset);
    square.addProduct(offset, offset);
    if (age < period - 1) continue;
    const flat = equal >= period;
    const mean = total.high / period;
    const shared = flat
      ? 0
      : weighted.high - middle * total.high + (weighted.low - middle * total.low);
    const whole = flat ? 0 : deviations(total, square, period);
    const rise = shared / spread;
    const line = Math.min(whole, rise * shared);
    end[i] = flat ? column[i]! : origin + mean + rise * middle;
    slope[i] = rise;
    squares[i] = whole - line;
    explained[i] = whole > 0 ? line / whole : 0;
  }
  const sums = { total: total.parts(), weighted: weighted.parts(), square: square.parts() };
  Object.assign(kept, { origin, ...sums, equal });
  return {
    end: end.subarray(from),
    slope: slope.subarray(from),
    squares: squares.subarray(from),
    explained: explained.subarray(from),
  };
}

/** Σx² − (Σx)² ÷ n, the difference taken before anything is rounded. */
function deviations(total: WindowSum, square: WindowSum, count: number): number {
  const scaled = new WindowSum();
  scaled.addProduct(square.high, count);
  scaled.addProduct(square.low, count);
  scaled.addProduct(total.high, -total.high);
  scaled.addProduct(total.high, -2 * total.low);
  return Math.max(0, scaled.high) / count;
}
