/** Arnaud Legoux moving average. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { numberParameter, periodParameter, type Indicator } from './indicator.ts';
import { exponential } from './logarithm.ts';
import { withPast, type Memory } from './memory.ts';

/**
 * Mean of the last `period` values under a bell curve, in their unit.
 *
 * The top of the bell lies at `offset` of the window, 1 being the newest value, on a whole bar as
 * its authors have it (TradingView does not round unless asked); its width is the period ÷ `sigma`. The first `period - 1` values are NaN. A bell has no running sum: the time
 * grows with the period.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Legoux and Kouzis-Loukas 2009.
 */
export function alma(
  values: Float64Array,
  period: number,
  bell: { readonly offset: number; readonly sigma: number },
  memory?: Memory,
): Float64Array {
  checkPeriod(period);
  const weights = bellWeights(period, bell);
  const { column, from } = withPast(values, period - 1, memory);
  const out = new Float64Array(column.length).fill(NaN);
  for (let i = firstValue(column) + period - 1; i < out.length; i++) {
    const oldest = i - period + 1;
    let total = 0;
    for (let j = 0; j < period; j++) total += weights[j]! * column[oldest + j]!;
    out[i] = total;
  }
  return out.subarray(from);
}

/** Oldest first, together 1. */
function bellWeights(
  period: number,
  { offset, sigma }: { readonly offset: number; readonly sigma: number },
): Float64Array {
  const top = Math.floor(offset * (period - 1));
  const width = period / sigma;
  const weights = new Float64Array(period);
  let total = 0;
  for (let j = 0; j < period; j++) {
    weights[j] = exponential(-((j - top) * (j - top)) / (2 * width * width));
    total += weights[j]!;
  }
  for (let j = 0; j < period; j++) weights[j] = weights[j]! / total;
  return weights;
}

export const almaIndicator: Indicator = {
  name: 'alma',
  title: 'Arnaud Legoux moving average',
  description: 'A mean under a bell curve whose top lies near the newest value.',
  reference:
    'Legoux and Kouzis-Loukas 2009, the top on a whole bar as in Tulip; from bar period − 1.',
  sources: ['series'],
  parameters: [
    periodParameter('period', 'Values in the mean.', { default: 9 }),
    numberParameter('offset', 'Where the bell has its top, from 0, the oldest, to 1, the newest.', {
      min: 0,
      max: 1,
      default: 0.85,
    }),
    numberParameter('sigma', 'How many times its width the window holds.', {
      min: 0.1,
      max: 20,
      default: 6,
    }),
  ],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period, offset, sigma], memory) => [
    alma(values!, period!, { offset: offset!, sigma: sigma! }, memory),
  ],
};
