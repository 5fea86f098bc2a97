/** Linearly weighted moving average. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { WindowSum } from './window-sum.ts';

/**
 * Mean of the last `period` values, the newest weighing `period` times the oldest.
 *
 * The first `period - 1` values are NaN. The sums are kept in twice the digits of a double, so
 * that nothing drifts.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function wma(values: Float64Array, period: number): Float64Array {
  checkPeriod(period);
  const out = new Float64Array(values.length).fill(NaN);
  const start = firstValue(values);
  const divisor = (period * (period + 1)) / 2;
  const plain = new WindowSum();
  const weighted = new WindowSum();
  for (let i = start; i < values.length; i++) {
    const age = i - start;
    if (age < period) weighted.addProduct(age + 1, values[i]!);
    else {
      weighted.addProduct(period, values[i]!);
      weighted.add(-plain.high);
      weighted.add(-plain.low);
      plain.add(-values[i - period]!);
    }
    plain.add(values[i]!);
    if (age >= period - 1) out[i] = weighted.high / divisor;
  }
  return out;
}

export const wmaIndicator: Indicator = {
  name: 'wma',
  title: 'Weighted moving average',
  description: 'A mean in which weights fall in equal steps from the newest value to the oldest.',
  reference:
    'Achelis 2000, Technical Analysis from A to Z; the first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values in the mean.')],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period]) => [wma(values!, period!)],
};
