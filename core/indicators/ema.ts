/** Exponential moving average. */
import { checkPeriod } from './check-period.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { afterFirst, type Memory } from './memory.ts';
import { smooth, type Seed } from './smoothing.ts';

/**
 * Exponential moving average with weight 2 ÷ (period + 1), in the unit of the values.
 *
 * The first `period - 1` values are NaN and the seed is a plain mean, as in TA-Lib; with the seed
 * `first` it starts at once with the first value, as in Tulip. Both converge.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 */
export function ema(
  values: Float64Array,
  period: number,
  seed: Seed = 'mean',
  memory?: Memory,
): Float64Array {
  checkPeriod(period);
  return smooth(values, period, 2 / (period + 1), seed, memory);
}

/**
 * The average of an average: it begins once that has seen `period` values.
 *
 * With the seed `first` it starts there with its value, as in Tulip and Achelis, with `mean` with
 * the mean of its next `period`.
 */
export function emaOfEma(
  average: Float64Array,
  period: number,
  seed: Seed,
  memory?: Memory,
): Float64Array {
  if (seed === 'mean') return ema(average, period, seed, memory);
  const complete = average.slice().fill(NaN, 0, afterFirst(average, period - 1, memory));
  return ema(complete, period, 'first', memory);
}

export const emaIndicator: Indicator = {
  name: 'ema',
  title: 'Exponential moving average',
  description:
    'A mean in which newer values weigh more: the weight of the newest is 2 ÷ (period + 1).',
  reference: 'TA-Lib: seeded with the mean of the first period values, at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Sets the weight of the newest value.')],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [ema(values!, period!, 'mean', memory)],
};
