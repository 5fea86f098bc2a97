/** Sum over a moving window. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';
import { WindowSum } from './window-sum.ts';

/**
 * Sum of the last `period` values, in their unit; the first `period - 1` values are NaN.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function sum(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  const kept = recall(memory, () => ({ total: new WindowSum().parts() }));
  const { column, from } = withPast(values, period, memory);
  const out = new Float64Array(column.length).fill(NaN);
  const start = firstValue(column);
  const total = new WindowSum().resume(kept.total);
  for (let i = Math.max(start, from); i < column.length; i++) {
    total.add(column[i]!);
    if (i < start + period - 1) continue;
    out[i] = total.high;
    total.add(-column[i - period + 1]!);
  }
  kept.total = total.parts();
  return out.subarray(from);
}

export const sumIndicator: Indicator = {
  name: 'sum',
  title: 'Sum',
  description: 'The sum of the last period values.',
  reference: 'Plain sum; the first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values in the sum.')],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [sum(values!, period!, memory)],
};
