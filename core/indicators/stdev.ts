/** Standard deviation over a moving window. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { WindowSum } from './window-sum.ts';

/**
 * Population standard deviation of the last `period` values, in their unit.
 *
 * The first `period - 1` values are NaN; a window of equal values gives exactly 0. The sums are
 * kept in twice the digits of a double, so that a small deviation of large values is not lost.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function stdev(values: Float64Array, period: number): Float64Array {
  checkPeriod(period);
  const out = new Float64Array(values.length).fill(NaN);
  const start = firstValue(values);
  const origin = values[start] ?? 0;
  const total = new WindowSum();
  const squares = new WindowSum();
  let equal = 0;
  for (let i = start; i < values.length; i++) {
    equal = values[i] === values[i - 1] ? equal + 1 : 1;
    const offset = values[i]! - origin;
    total.add(offset);
    squares.addProduct(offset, offset);
    if (i < start + period - 1) continue;
    out[i] = equal >= period ? 0 : Math.sqrt(variance(total, squares, period));
    const oldest = values[i - period + 1]! - origin;
    total.add(-oldest);
    squares.addProduct(oldest, -oldest);
  }
  return out;
}

/** (Σx² − (Σx)² ÷ n) ÷ n, the difference taken before anything is rounded. */
function variance(total: WindowSum, squares: WindowSum, count: number): number {
  const scaled = new WindowSum();
  scaled.addProduct(squares.high, count);
  scaled.addProduct(squares.low, count);
  scaled.addProduct(total.high, -total.high);
  scaled.addProduct(total.high, -2 * total.low);
  return Math.max(0, scaled.high) / (count * count);
}

export const stdevIndicator: Indicator = {
  name: 'stdev',
  title: 'Standard deviation',
  description: 'How far the last period values lie from their mean.',
  reference:
    'Population deviation (÷ period), as in TA-Lib; the first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values in the window.')],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period]) => [stdev(values!, period!)],
};
