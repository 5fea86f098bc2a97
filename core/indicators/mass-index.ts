/** Mass index. */
import { difference, quotient } from './column-arithmetic.ts';
import { ema, emaOfEma } from './ema.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import type { Seed } from './smoothing.ts';
import { sum } from './sum.ts';

/**
 * Sum over `period` bars of the average range over its own average: about `period`, more as the
 * ranges widen.
 *
 * The averages are seeded with means: the first 2 × (average − 1) + period − 1 values are NaN.
 * With `first` they start with the first range, as in Tulip. Where no bar has a range it is
 * `period`.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Dorsey 1992, Stocks & Commodities 10:6.
 */
export function massIndex(
  { high, low }: { readonly high: Float64Array; readonly low: Float64Array },
  { average, period }: { readonly average: number; readonly period: number },
  seed: Seed = 'mean',
  memory?: Memory,
): Float64Array {
  const once = ema(difference(high, low), average, seed, memory);
  return sum(
    quotient(once, emaOfEma(once, average, seed, memory), { scale: 1, resting: 1 }),
    period,
    memory,
  );
}

export const massIndexIndicator: Indicator = {
  name: 'mass_index',
  title: 'Mass index',
  description: 'Widening and narrowing ranges: the sum of the average range over its own average.',
  reference: 'Dorsey 1992, seeded with means as in LEAN: from bar 2 × (average − 1) + period − 1.',
  sources: ['high', 'low'],
  parameters: [
    periodParameter('average', 'Period of both averages.', { default: 9 }),
    periodParameter('period', 'Values in the sum.', { default: 25 }),
  ],
  outputs: [''],
  pane: 'own',
  compute: ([high, low], [average, period], memory) => [
    massIndex({ high: high!, low: low! }, { average: average!, period: period! }, 'mean', memory),
  ],
};
