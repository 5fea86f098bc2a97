/** Change over a number of bars. */
import { checkPeriod } from './check-period.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { withPast, type Memory } from './memory.ts';

/** Each value minus the one `bars` bars before; the first `bars` values are NaN. */
export function change(values: Float64Array, bars: number, memory?: Memory): Float64Array {
  checkPeriod(bars);
  const { column, from } = withPast(values, bars, memory);
  const out = new Float64Array(column.length).fill(NaN);
  for (let i = bars; i < out.length; i++) out[i] = column[i]! - column[i - bars]!;
  return out.subarray(from);
}

export const changeIndicator: Indicator = {
  name: 'change',
  title: 'Change',
  description: 'The value minus the value so many bars before.',
  reference: 'Plain difference; the first value comes at bar bars.',
  sources: ['series'],
  parameters: [periodParameter('bars', 'How many bars before.', { default: 1 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [bars], memory) => [change(values!, bars!, memory)],
};
