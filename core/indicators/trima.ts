/** Triangular moving average. */
import { checkPeriod } from './check-period.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';

/**
 * Mean of the last `period` values, those in the middle weighing most, in their unit.
 *
 * It is the simple average of a simple average; the first `period - 1` values are NaN.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function trima(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  const short = Math.ceil(period / 2);
  return sma(sma(values, short, memory), period - short + 1, memory);
}

export const trimaIndicator: Indicator = {
  name: 'trima',
  title: 'Triangular moving average',
  description: 'A mean in which the values in the middle of the window weigh most.',
  reference: 'A simple average of a simple average, as in TA-Lib; begins at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values in the mean.')],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [trima(values!, period!, memory)],
};
