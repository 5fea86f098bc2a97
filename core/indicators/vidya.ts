/** Variable index dynamic average. */
import { checkPeriod } from './check-period.ts';
import { cmo } from './cmo.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';

/**
 * An exponential average whose weight grows with the Chande momentum, in the unit of the values.
 *
 * The first `momentum` values are NaN; it starts from the value before its first, as in LEAN,
 * where the momentum is smoothed like Wilder's: `wilder`.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Chande 1995, Stocks & Commodities 13; the form with the momentum oscillator, as in MT5.
 */
export function vidya(
  values: Float64Array,
  { momentum, period }: { readonly momentum: number; readonly period: number },
  smoothing: 'sums' | 'wilder' = 'sums',
): Float64Array {
  checkPeriod(period);
  const out = cmo(values, momentum, smoothing);
  const first = firstValue(values) + momentum;
  const weight = 2 / (period + 1) / 100;
  let average = values[first - 1]!;
  for (let i = first; i < out.length; i++) {
    average += weight * Math.abs(out[i]!) * (values[i]! - average);
    out[i] = average;
  }
  return out;
}

export const vidyaIndicator: Indicator = {
  name: 'vidya',
  title: 'Variable index dynamic average',
  description: 'An exponential average that is quicker the more one-sided the recent moves are.',
  reference: 'Chande 1995 with the momentum oscillator, as in MT5; started from the value before.',
  sources: ['series'],
  parameters: [
    periodParameter('momentum', 'Changes in the momentum oscillator.', { default: 9 }),
    periodParameter('period', 'Period of the average at full momentum.', { default: 12 }),
  ],
  outputs: [''],
  pane: 'source',
  compute: ([values], [momentum, period]) => [
    vidya(values!, { momentum: momentum!, period: period! }),
  ],
};
