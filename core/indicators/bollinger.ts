/** Bollinger bands. */
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';
import { stdev } from './stdev.ts';

export interface Bollinger {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

/**
 * A simple average and the lines `deviations` population standard deviations above and below it,
 * in the unit of the values; the first `period - 1` values are NaN.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Bollinger 2001, Bollinger on Bollinger Bands.
 */
export function bollinger(
  values: Float64Array,
  period: number,
  deviations: number,
  memory?: Memory,
): Bollinger {
  const middle = sma(values, period, memory);
  const spread = stdev(values, period, memory);
  const upper = new Float64Array(values.length);
  const lower = new Float64Array(values.length);
  for (let i = 0; i < upper.length; i++) {
    const distance = deviations * spread[i]!;
    upper[i] = middle[i]! + distance;
    lower[i] = middle[i]! - distance;
  }
  return { upper, middle, lower };
}

export const bollingerIndicator: Indicator = {
  name: 'bollinger',
  title: 'Bollinger bands',
  description: 'A simple average with a band of so many standard deviations on either side.',
  reference: 'Bollinger 2001: population deviation; the first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [
    periodParameter('period', 'Values in the mean and in the deviation.', { default: 20 }),
    {
      name: 'deviations',
      description: 'Half the width of the band, in standard deviations.',
      kind: 'number',
      min: 0,
      max: 100,
      default: 2,
    },
  ],
  outputs: ['upper', 'middle', 'lower'],
  pane: 'source',
  compute: ([values], [period, deviations], memory) => {
    const { upper, middle, lower } = bollinger(values!, period!, deviations!, memory);
    return [upper, middle, lower];
  },
};
