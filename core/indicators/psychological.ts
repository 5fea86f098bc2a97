/** Psychological line. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';

/**
 * Share of the last `period` changes that were rises, in percent.
 *
 * The first `period` values are NaN. Throws if `period` is not a positive integer: a bug, not
 * user input.
 */
export function psychological(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  const kept = recall(memory, () => ({ rises: 0 }));
  const { column, from } = withPast(values, period + 1, memory);
  const out = new Float64Array(column.length).fill(NaN);
  const start = firstValue(column);
  let rises = kept.rises;
  for (let i = Math.max(start + 1, from); i < out.length; i++) {
    rises += column[i]! > column[i - 1]! ? 1 : 0;
    const gone = i - period;
    if (gone > start) rises -= column[gone]! > column[gone - 1]! ? 1 : 0;
    if (gone >= start) out[i] = (100 * rises) / period;
  }
  kept.rises = rises;
  return out.subarray(from);
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
  compute: ([values], [period], memory) => [psychological(values!, period!, memory)],
};
