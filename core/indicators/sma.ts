/** Simple moving average. */
import { checkPeriod } from './check-period.ts';
import { decimalGrid, rounder, widestOf, type DecimalGrid } from './decimal-grid.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Entry, type Memory } from './memory.ts';
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
export function sma(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  const kept = recall(memory, (): Carried => ({ scale: 1, widest: 0, ended: 0, total: none }));
  const { column, from } = withPast(values, period, memory);
  const out = new Float64Array(column.length);
  const begin = firstValue(column);
  const start = Math.max(begin, from);
  const first = Math.max(begin + period - 1, from);
  out.fill(NaN, 0, first);
  const grid =
    kept.ended === 0 ? decimalGrid(column, start, kept) : { scale: kept.scale, end: start };
  averagePoints(out, column, first, grid, period);
  averageExactly(out, column, Math.max(first, grid.end), period, kept);
  if (memory) keepGrid(kept, column, start, grid);
  return out.subarray(from);
}

/** Once the values have left the grid, `total` is the sum of the last but the oldest. */
interface Carried extends Entry {
  scale: number;
  widest: number;
  ended: number;
  total: Float64Array;
}

const none = new Float64Array(0);

function keepGrid(kept: Carried, values: Float64Array, start: number, grid: DecimalGrid): void {
  kept.widest = Math.max(kept.widest, widestOf(values, start, grid.end));
  kept.scale = grid.scale;
  kept.ended = grid.end < values.length ? 1 : kept.ended;
}

function averagePoints(
  out: Float64Array,
  values: Float64Array,
  first: number,
  { scale, end }: DecimalGrid,
  period: number,
): void {
  if (end <= first) return;
  const divisor = scale * period;
  let sum = 0;
  for (let i = first - period + 1; i <= first; i++) sum += values[i]! * scale + rounder - rounder;
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
  from: number,
  period: number,
  kept: Carried,
): void {
  if (from >= values.length) return;
  const begun = kept.total.length > 0;
  const sum = new WindowSum();
  if (begun) sum.resume(kept.total);
  else for (let i = from - period + 1; i < from; i++) sum.add(values[i]!);
  for (let i = from; i < values.length; i++) {
    sum.add(values[i]!);
    out[i] = sum.high / period;
    sum.add(-values[i - period + 1]!);
  }
  kept.total = sum.parts();
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
  compute: ([values], [period], memory) => [sma(values!, period!, memory)],
};
