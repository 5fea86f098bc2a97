/** Linearly weighted moving average. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';
import { WindowSum } from './window-sum.ts';

/**
 * Mean of the last `period` values, the newest weighing `period` times the oldest.
 *
 * The first `period - 1` values are NaN. The sums are kept in twice the digits of a double, so
 * that nothing drifts.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function wma(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  const kept = recall(memory, () => {
    const nothing = new WindowSum().parts();
    return { plain: nothing, weighted: nothing };
  });
  const { column, from } = withPast(values, period, memory);
  const out = new Float64Array(column.length).fill(NaN);
  const start = firstValue(column);
  const divisor = (period * (period + 1)) / 2;
  const plain = new WindowSum().resume(kept.plain);
  const weighted = new WindowSum().resume(kept.weighted);
  for (let i = Math.max(start, from); i < column.length; i++) {
    const age = i - start;
    if (age < period) weighted.addProduct(age + 1, column[i]!);
    else {
      weighted.addProduct(period, column[i]!);
      weighted.add(-plain.high);
      weighted.add(-plain.low);
      plain.add(-column[i - period]!);
    }
    plain.add(column[i]!);
    if (age >= period - 1) out[i] = weighted.high / divisor;
  }
  Object.assign(kept, { plain: plain.parts(), weighted: weighted.parts() });
  return out.subarray(from);
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
  compute: ([values], [period], memory) => [wma(values!, period!, memory)],
};
