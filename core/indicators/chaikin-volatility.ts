/** Chaikin volatility. */
import { difference } from './column-arithmetic.ts';
import { ema } from './ema.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { roc } from './roc.ts';
import type { Seed } from './smoothing.ts';

/**
 * Change of the average range of a bar over `change` bars, in percent.
 *
 * With the seed `mean` the first period + change − 1 values are NaN; with `first` the average
 * starts with the first range, as in Achelis and Tulip.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Chaikin, in Achelis 2000, Technical Analysis from A to Z.
 */
export function chaikinVolatility(
  { high, low }: { readonly high: Float64Array; readonly low: Float64Array },
  { period, change }: { readonly period: number; readonly change: number },
  seed: Seed = 'mean',
  memory?: Memory,
): Float64Array {
  return roc(ema(difference(high, low), period, seed, memory), change, memory);
}

export const chaikinVolatilityIndicator: Indicator = {
  name: 'chaikin_volatility',
  title: 'Chaikin volatility',
  description: 'The change of the average range of a bar, in percent.',
  reference: 'Chaikin, in Achelis 2000; the average is seeded with a mean, as ema.',
  sources: ['high', 'low'],
  parameters: [
    periodParameter('period', 'Period of the average.', { default: 10 }),
    periodParameter('change', 'Bars over which it changes.', { default: 10 }),
  ],
  outputs: [''],
  pane: 'own',
  compute: ([high, low], [period, change], memory) => [
    chaikinVolatility(
      { high: high!, low: low! },
      { period: period!, change: change! },
      'mean',
      memory,
    ),
  ],
};
