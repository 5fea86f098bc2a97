/** Double exponential moving average. */
import { ema, emaOfEma } from './ema.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import type { Seed } from './smoothing.ts';

/**
 * Twice the exponential average minus its own average, in the unit of the values: less lag.
 *
 * With the seed `mean` the first 2 × (period − 1) values are NaN, as in TA-Lib; with `first` each
 * average starts with its first value, as in Tulip: the first `period - 1` are NaN.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Mulloy 1994, Stocks & Commodities 12:1.
 */
export function dema(
  values: Float64Array,
  period: number,
  seed: Seed = 'mean',
  memory?: Memory,
): Float64Array {
  const once = ema(values, period, seed, memory);
  const out = emaOfEma(once, period, seed, memory);
  for (let i = 0; i < out.length; i++) out[i] = 2 * once[i]! - out[i]!;
  return out;
}

export const demaIndicator: Indicator = {
  name: 'dema',
  title: 'Double exponential moving average',
  description: 'Twice the exponential average minus the average of that average.',
  reference: 'Mulloy 1994, seeded as TA-Lib does: the first value comes at bar 2 × (period − 1).',
  sources: ['series'],
  parameters: [periodParameter('period', 'Period of both averages.')],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [dema(values!, period!, 'mean', memory)],
};
