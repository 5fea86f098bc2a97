/** Sum over a moving window. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { WindowSum } from './window-sum.ts';

/**
 * Sum of the last `period` values, in their unit; the first `period - 1` values are NaN.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function sum(values: Float64Array, period: number): Float64Array {
  checkPeriod(period);
  const out = new Float64Array(values.length).fill(NaN);
  const start = firstValue(values);
  const total = new WindowSum();
  for (let i = start; i < values.length; i++) {
    total.add(values[i]!);
    if (i < start + period - 1) continue;
    out[i] = total.high;
    total.add(-values[i - period + 1]!);
  }
  return out;
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
  compute: ([values], [period]) => [sum(values!, period!)],
};
