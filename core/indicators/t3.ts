/** Tillson's T3 moving average. */
import { ema } from './ema.ts';
import { numberParameter, periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';

/**
 * Six exponential averages of each other, weighed so that lag goes and smoothness stays, in the
 * unit of the values.
 *
 * Each average is seeded with a mean, as in TA-Lib: the first 6 × (period − 1) values are NaN.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Tillson 1998, Stocks & Commodities 16:1.
 */
export function t3(
  values: Float64Array,
  period: number,
  factor: number,
  memory?: Memory,
): Float64Array {
  const second = ema(ema(values, period, 'mean', memory), period, 'mean', memory);
  const third = ema(second, period, 'mean', memory);
  const fourth = ema(third, period, 'mean', memory);
  const fifth = ema(fourth, period, 'mean', memory);
  const out = ema(fifth, period, 'mean', memory);
  const square = factor * factor;
  const cube = square * factor;
  const c6 = -cube;
  const c5 = 3 * (square + cube);
  const c4 = -6 * square - 3 * (factor + cube);
  const c3 = 1 + 3 * factor + cube + 3 * square;
  for (let i = 0; i < out.length; i++) {
    out[i] = c6 * out[i]! + c5 * fifth[i]! + c4 * fourth[i]! + c3 * third[i]!;
  }
  return out;
}

export const t3Indicator: Indicator = {
  name: 't3',
  title: 'T3 moving average',
  description: 'Six exponential averages put together: smooth, with little lag.',
  reference: 'Tillson 1998, seeded as TA-Lib does: the first value comes at bar 6 × (period − 1).',
  sources: ['series'],
  parameters: [
    periodParameter('period', 'Period of the six averages.', { default: 5 }),
    numberParameter('factor', 'How much lag is taken out: 0 is none.', {
      min: 0,
      max: 1,
      default: 0.7,
    }),
  ],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period, factor], memory) => [t3(values!, period!, factor!, memory)],
};
