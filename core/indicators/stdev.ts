/** Standard deviation over a moving window. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';
import { WindowSum } from './window-sum.ts';

/**
 * Population standard deviation of the last `period` values, in their unit.
 *
 * The first `period - 1` values are NaN; a window of equal values gives exactly 0. The sums are
 * kept in twice the digits of a double, so that a small deviation of large values is not lost.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function stdev(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  const kept = recall(memory, () => {
    const nothing = new WindowSum().parts();
    return { origin: NaN, total: nothing, squares: nothing, equal: 0 };
  });
  const { column, from } = withPast(values, period, memory);
  const out = new Float64Array(column.length).fill(NaN);
  const start = firstValue(column);
  const origin = Number.isNaN(kept.origin) ? (column[start] ?? NaN) : kept.origin;
  const total = new WindowSum().resume(kept.total);
  const squares = new WindowSum().resume(kept.squares);
  let equal = kept.equal;
  for (let i = Math.max(start, from); i < column.length; i++) {
    equal = column[i] === column[i - 1] ? equal + 1 : 1;
    const offset = column[i]! - origin;
    total.add(offset);
    squares.addProduct(offset, offset);
    if (i < start + period - 1) continue;
    out[i] = equal >= period ? 0 : Math.sqrt(variance(total, squares, period));
    const oldest = column[i - period + 1]! - origin;
    total.add(-oldest);
    squares.addProduct(oldest, -oldest);
  }
  Object.assign(kept, { origin, total: total.parts(), squares: squares.parts(), equal });
  return out.subarray(from);
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
  compute: ([values], [period], memory) => [stdev(values!, period!, memory)],
};
