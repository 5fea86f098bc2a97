/** Volume-weighted moving average. */
import { product, quotient } from './column-arithmetic.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { sma } from './sma.ts';
import { sum } from './sum.ts';

/**
 * Mean of the last `period` values, each weighing as much as its bar traded, in their unit.
 *
 * The first `period - 1` values are NaN; a window without volume gives the simple average.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function vwma(values: Float64Array, volume: Float64Array, period: number): Float64Array {
  const out = quotient(sum(product(values, volume), period), sum(volume, period), {
    scale: 1,
    resting: Infinity,
  });
  const plain = sma(values, period);
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
  compute: ([values, volume], [period]) => [vwma(values!, volume!, period!)],
};
