/** Wilder's moving average. */
import { checkPeriod } from './check-period.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { smooth } from './smoothing.ts';

/**
 * Wilder's average with weight 1 ÷ period, in the unit of the values.
 *
 * The first `period - 1` values are NaN; the seed is a plain mean.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Wilder 1978, New Concepts in Technical Trading Systems.
 */
export function rma(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  return smooth(values, period, 1 / period, 'mean', memory);
}

export const rmaIndicator: Indicator = {
  name: 'rma',
  title: "Wilder's moving average",
  description:
    'The slow exponential average inside RSI, ATR and ADX: the newest value weighs 1 ÷ period.',
  reference: 'Wilder 1978: seeded with the mean of the first period values, at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Sets the weight of the newest value.')],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [rma(values!, period!, memory)],
};
