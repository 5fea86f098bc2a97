/** Force index. */
import { change } from './change.ts';
import { product } from './column-arithmetic.ts';
import { ema } from './ema.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';

/**
 * Exponential average of change × volume; the first `period` values are NaN.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Elder 1993, Trading for a Living.
 */
export function forceIndex(
  close: Float64Array,
  volume: Float64Array,
  period: number,
  memory?: Memory,
): Float64Array {
  return ema(product(change(close, 1, memory), volume), period, 'mean', memory);
}

export const forceIndexIndicator: Indicator = {
  name: 'force_index',
  title: 'Force index',
  description: 'The average of the change of the close times the volume.',
  reference: 'Elder 1993, exponential average seeded with a mean; the first value at bar period.',
  sources: ['close', 'volume'],
  parameters: [periodParameter('period', 'Period of the average.', { default: 13 })],
  outputs: [''],
  pane: 'own',
  compute: ([close, volume], [period], memory) => [forceIndex(close!, volume!, period!, memory)],
};
