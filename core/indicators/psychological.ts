/** Psychological line. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';

/**
 * Share of the last `period` changes that were rises, in percent.
 *
 * The first `period` values are NaN. Throws if `period` is not a positive integer: a bug, not
 * user input.
 */
export function psychological(values: Float64Array, period: number): Float64Array {
  checkPeriod(period);
  const out = new Float64Array(values.length).fill(NaN);
  const start = firstValue(values);
  let rises = 0;
  for (let i = start + 1; i < out.length; i++) {
    rises += values[i]! > values[i - 1]! ? 1 : 0;
    const gone = i - period;
    if (gone > start) rises -= values[gone]! > values[gone - 1]! ? 1 : 0;
    if (gone >= start) out[i] = (100 * rises) / period;
  }
  return out;
}

export const psychologicalIndicator: Indicator = {
  name: 'psychological',
  title: 'Psychological line',
  description: 'The share of recent bars that rose, in percent.',
  reference: 'Plain count, a bar without change is no rise; the first value comes at bar period.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Changes counted.', { default: 12 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period]) => [psychological(values!, period!)],
};
