/** Kaufman's adaptive moving average. */
import { change } from './change.ts';
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';
import { sum } from './sum.ts';

/**
 * An exponential average that is quick where the values go straight and slow where they wander,
 * in the unit of the values.
 *
 * The first `period` values are NaN; it starts from the value before its first, as in TA-Lib.
 * Where nothing moved in the window the quick weight is taken.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Kaufman 1995, Smarter Trading.
 */
export function kama(
  values: Float64Array,
  { period, fast, slow }: { readonly period: number; readonly fast: number; readonly slow: number },
  memory?: Memory,
): Float64Array {
  checkPeriod(fast);
  checkPeriod(slow);
  const steps = change(values, 1, memory);
  for (let i = 0; i < steps.length; i++) steps[i] = Math.abs(steps[i]!);
  const way = sum(steps, period, memory);
  const kept = recall(memory, () => ({ average: NaN }));
  const { column, from } = withPast(values, period, memory);
  const out = new Float64Array(column.length).fill(NaN);
  const first = firstValue(column) + period;
  const quick = 2 / (fast + 1);
  const calm = 2 / (slow + 1);
  let average = Number.isNaN(kept.average) ? (column[first - 1] ?? NaN) : kept.average;
  for (let i = first; i < out.length; i++) {
    const straight = Math.abs(column[i]! - column[i - period]!);
    const efficiency = straight < way[i - from]! ? straight / way[i - from]! : 1;
    const weight = efficiency * (quick - calm) + calm;
    average += weight * weight * (column[i]! - average);
    out[i] = average;
  }
  kept.average = average;
  return out.subarray(from);
}

export const kamaIndicator: Indicator = {
  name: 'kama',
  title: "Kaufman's adaptive moving average",
  description: 'An average that follows quickly in a straight move and hardly in a sideways one.',
  reference: 'Kaufman 1995, started as in TA-Lib: from the value before its first, at bar period.',
  sources: ['series'],
  parameters: [
    periodParameter('period', 'Bars over which straightness is measured.', { default: 10 }),
    periodParameter('fast', 'Period of the average in a straight move.', { default: 2 }),
    periodParameter('slow', 'Period of the average where nothing is gained.', { default: 30 }),
  ],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period, fast, slow], memory) => [
    kama(values!, { period: period!, fast: fast!, slow: slow! }, memory),
  ],
};
