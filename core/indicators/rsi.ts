/** Relative strength index. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';

/**
 * Relative strength index with Wilder smoothing, 0 … 100, one per bar.
 *
 * The first `period` values are NaN, because the first change needs a value before it; the seed
 * is the mean of the first `period` changes. Where nothing has moved it is 50.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Wilder 1978, New Concepts in Technical Trading Systems.
 */
export function rsi(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  const kept = recall(memory, () => ({ missing: period, gain: 0, loss: 0 }));
  const { column, from } = withPast(values, 1, memory);
  const out = new Float64Array(column.length);
  let { gain, loss } = kept;
  let next = Math.max(firstValue(column) + 1, from);
  out.fill(NaN, 0, next);
  if (kept.missing > 0) {
    const end = Math.min(column.length, next + kept.missing);
    out.fill(NaN, next, end);
    for (let i = next; i < end; i++) {
      const change = column[i]! - column[i - 1]!;
      gain += 0.5 * (Math.abs(change) + change);
      loss += 0.5 * (Math.abs(change) - change);
    }
    kept.missing -= Math.max(0, end - next);
    next = end;
    if (kept.missing === 0) {
      gain /= period;
      loss /= period;
      out[end - 1] = strength(gain, loss);
    }
  }
  const weight = 1 / period;
  for (let i = next; i < out.length; i++) {
    const change = column[i]! - column[i - 1]!;
    gain += weight * (0.5 * (Math.abs(change) + change) - gain);
    loss += weight * (0.5 * (Math.abs(change) - change) - loss);
    out[i] = strength(gain, loss);
  }
  Object.assign(kept, { gain, loss });
  return out.subarray(from);
}

function strength(gain: number, loss: number): number {
  const moved = gain + loss;
  // The smallest of roundings could pass the bound.
  return moved > 0 ? Math.min(100, (100 * gain) / moved) : 50;
}

export const rsiIndicator: Indicator = {
  name: 'rsi',
  title: 'Relative strength index',
  description: 'The share of the gains in all recent movement, 0 to 100.',
  reference: 'Wilder 1978: seeded with the mean of the first period changes, at bar period.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Changes in the smoothing.', { default: 14 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [rsi(values!, period!, memory)],
};
