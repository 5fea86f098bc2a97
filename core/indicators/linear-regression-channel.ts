/** Linear regression channel. */
import { band } from './column-arithmetic.ts';
import { numberParameter, periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { regression } from './regression.ts';

/**
 * The end of the line through the last `period` values on each bar, and the lines so many
 * deviations of the values from it above and below, in their unit.
 *
 * Charts draw the line of the newest bar back over the past; here each bar keeps its own.
 *
 * Throws if `period` is not an integer of at least 2: a bug, not user input.
 */
export function linearRegressionChannel(
  values: Float64Array,
  period: number,
  deviations: number,
  memory?: Memory,
): { readonly upper: Float64Array; readonly middle: Float64Array; readonly lower: Float64Array } {
  const { end, squares } = regression(values, period, memory);
  for (let i = 0; i < squares.length; i++) squares[i] = Math.sqrt(squares[i]! / period);
  const [upper, lower] = band(end, squares, deviations);
  return { upper, middle: end, lower };
}

export const linearRegressionChannelIndicator: Indicator = {
  name: 'linear_regression_channel',
  title: 'Linear regression channel',
  description: 'The end of the straight line through recent values, with bands of deviations.',
  reference: 'Raff 1991 with population deviations from the line; each bar keeps its own end.',
  sources: ['series'],
  parameters: [
    periodParameter('period', 'Values the line goes through.', { default: 100, min: 2 }),
    numberParameter('deviations', 'Deviations to either side.', { min: 0, max: 100, default: 2 }),
  ],
  outputs: ['upper', 'middle', 'lower'],
  pane: 'source',
  compute: ([values], [period, deviations], memory) => {
    const all = linearRegressionChannel(values!, period!, deviations!, memory);
    return [all.upper, all.middle, all.lower];
  },
};
