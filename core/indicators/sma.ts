/** Simple moving average. */
import { checkPeriod } from './check-period.ts';
import { decimalGrid, rounder, type DecimalGrid } from './decimal-grid.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { WindowSum } from './window-sum.ts';

/**
 * Mean of the last `period` values, in the unit of the values, one per bar.
 *
 * The first `period - 1` values are NaN. Decimals are summed as whole points: means that are
 * equal on paper are equal here, whatever the periods. Anything else is summed in twice the
 * digits, so that nothing drifts.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function sma(values: Float64Array, period: number): Float64Array {
  checkPeriod(period);
  const out = new Float64Array(values.length);
  const start = firstValue(values);
  const first = start + period - 1;
  out.fill(NaN, 0, first);
  const grid = decimalGrid(values, start);
  averagePoints(out, values, start, grid, period);
  averageExactly(out, values, start, Math.max(first, grid.end), period);
  return out;
}

function averagePoints(
  out: Float64Array,
  values: Float64Array,
  start: number,
  { scale, end }: DecimalGrid,
  period: number,
): void {
  if (end - start < period) return;
  const divisor = scale * period;
  const first = start + period - 1;
  let sum = 0;
  for (let i = start; i <= first; i++) sum += values[i]! * scale + rounder - rounder;
  out[first] = sum / divisor;
  for (let i = first + 1; i < end; i++) {
    const added = values[i]! * scale + rounder - rounder;
    const removed = values[i - period]! * scale + rounder - rounder;
    sum += added - removed;
    out[i] = sum / divisor;
  }
}

function averageExactly(
  out: Float64Array,
  values: Float64Array,
  start: number,
  from: number,
  period: number,
): void {
  const sum = new WindowSum();
  for (let i = Math.max(start, from - period + 1); i < Math.min(from, values.length); i++) {
    sum.add(values[i]!);
  }
  for (let i = from; i < values.length; i++) {
    sum.add(values[i]!);
    out[i] = sum.high / period;
    sum.add(-values[i - period + 1]!);
  }
}

export const smaIndicator: Indicator = {
  name: 'sma',
  title: 'Simple moving average',
  description: 'The mean of the last period values.',
  reference: 'Arithmetic mean; no seed, the first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values in the mean.')],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period]) => [sma(values!, period!)],
};
