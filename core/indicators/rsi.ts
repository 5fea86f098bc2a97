/** Relative strength index. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, type Memory } from './memory.ts';

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
  const kept = recall(memory, () => ({ missing: period, gain: 0, loss: 0, before: NaN }));
  const out = new Float64Array(values.length);
  const first = begin(out, values, period, kept);
  let { gain, loss, before } = kept;
  const weight = 1 / period;
  for (let i = first; i < out.length; i++) {
    const value = values[i]!;
    const change = value - before;
    before = value;
    gain += weight * (0.5 * (Math.abs(change) + change) - gain);
    loss += weight * (0.5 * (Math.abs(change) - change) - loss);
    out[i] = strength(gain, loss);
  }
  Object.assign(kept, { gain, loss, before });
  return out;
}

/** Takes in what the means of the first `period` changes still miss; the index of what follows. */
function begin(
  out: Float64Array,
  values: Float64Array,
  period: number,
  kept: { missing: number; gain: number; loss: number; before: number },
): number {
  if (kept.missing === 0) return 0;
  let i = Number.isNaN(kept.before) ? firstValue(values) : 0;
  if (Number.isNaN(kept.before) && i < values.length) kept.before = values[i++]!;
  for (; i < values.length && kept.missing > 0; i++, kept.missing--) {
    const change = values[i]! - kept.before;
    kept.gain += 0.5 * (Math.abs(change) + change);
    kept.loss += 0.5 * (Math.abs(change) - change);
    kept.before = values[i]!;
  }
  out.fill(NaN, 0, i);
  if (kept.missing === 0) {
    kept.gain /= period;
    kept.loss /= period;
    out[i - 1] = strength(kept.gain, kept.loss);
  }
  return i;
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
