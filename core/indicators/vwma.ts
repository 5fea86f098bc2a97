/** Volume-weighted moving average. */
import { product, quotient } from './column-arithmetic.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';
import { sum } from './sum.ts';

/**
 * Mean of the last `period` values, each weighing as much as its bar traded, in their unit.
 *
 * The first `period - 1` values are NaN; a window without volume gives the simple average.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function vwma(
  values: Float64Array,
  volume: Float64Array,
  period: number,
  memory?: Memory,
): Float64Array {
  const out = quotient(sum(product(values, volume), period, memory), sum(volume, period, memory), {
    scale: 1,
    resting: Infinity,
  });
  const plain = sma(values, period, memory);
  for (let i = 0; i < out.length; i++) if (out[i] === Infinity) out[i] = plain[i]!;
  return out;
}

export const vwmaIndicator: Indicator = {
  name: 'vwma',
  title: 'Volume-weighted moving average',
  description: 'A mean in which each value weighs as much as its bar traded.',
  reference: 'As in Tulip and TradingView; the first value comes at bar period − 1.',
  sources: ['series', 'volume'],
  parameters: [periodParameter('period', 'Values in the mean.')],
  outputs: [''],
  pane: 'source',
  compute: ([values, volume], [period], memory) => [vwma(values!, volume!, period!, memory)],
};
