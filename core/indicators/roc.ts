/** Rate of change. */
import { checkPeriod } from './check-period.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { withPast, type Memory } from './memory.ts';

/**
 * Change over the last `period` bars, in percent of the value before them.
 *
 * The first `period` values are NaN; from a value of 0 it is 0.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function roc(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  const { column, from } = withPast(values, period, memory);
  const out = new Float64Array(column.length).fill(NaN);
  for (let i = period; i < out.length; i++) {
    const before = column[i - period]!;
    out[i] = before === 0 ? 0 : (100 * (column[i]! - before)) / before;
  }
  return out.subarray(from);
}

export const rocIndicator: Indicator = {
  name: 'roc',
  title: 'Rate of change',
  description: 'The change over so many bars, in percent.',
  reference: 'Achelis 2000, in percent as in TA-Lib; the first value comes at bar period.',
  sources: ['series'],
  parameters: [periodParameter('period', 'How many bars before.', { default: 10 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [roc(values!, period!, memory)],
};
