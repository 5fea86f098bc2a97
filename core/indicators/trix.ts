/** Rate of change of a triple exponential average. */
import { ema, emaOfEma } from './ema.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { roc } from './roc.ts';
import type { Seed } from './smoothing.ts';

/**
 * Change a bar of a triply smoothed exponential average, in percent.
 *
 * With the seed `mean` the first 3 × (period − 1) + 1 values are NaN, as in TA-Lib; with `first`
 * each average starts with its first value, as in Achelis.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Hutson 1983, Stocks & Commodities 1:5.
 */
export function trix(
  values: Float64Array,
  period: number,
  seed: Seed = 'mean',
  memory?: Memory,
): Float64Array {
  const twice = emaOfEma(ema(values, period, seed, memory), period, seed, memory);
  return roc(emaOfEma(twice, period, seed, memory), 1, memory);
}

export const trixIndicator: Indicator = {
  name: 'trix',
  title: 'Trix',
  description: 'The change a bar of a triply smoothed average, in percent.',
  reference: 'Hutson 1983, seeded as TA-Lib does: the first value at bar 3 × (period − 1) + 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Period of the three averages.', { default: 15 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [trix(values!, period!, 'mean', memory)],
};
