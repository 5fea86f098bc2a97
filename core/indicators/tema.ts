/** Triple exponential moving average. */
import { ema, emaOfEma } from './ema.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import type { Seed } from './smoothing.ts';

/**
 * 3 × (average − average of it) + average of that, in the unit of the values.
 *
 * With the seed `mean` the first 3 × (period − 1) values are NaN, as in TA-Lib; with `first` each
 * average starts with its first value, as in Tulip.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Mulloy 1994, Stocks & Commodities 12:2.
 */
export function tema(
  values: Float64Array,
  period: number,
  seed: Seed = 'mean',
  memory?: Memory,
): Float64Array {
  const once = ema(values, period, seed, memory);
  const twice = emaOfEma(once, period, seed, memory);
  const out = emaOfEma(twice, period, seed, memory);
  for (let i = 0; i < out.length; i++) out[i] = 3 * (once[i]! - twice[i]!) + out[i]!;
  return out;
}

export const temaIndicator: Indicator = {
  name: 'tema',
  title: 'Triple exponential moving average',
  description: 'Three exponential averages of each other, put together so that most lag is gone.',
  reference: 'Mulloy 1994, seeded as TA-Lib does: the first value comes at bar 3 × (period − 1).',
  sources: ['series'],
  parameters: [periodParameter('period', 'Period of the three averages.')],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [tema(values!, period!, 'mean', memory)],
};
