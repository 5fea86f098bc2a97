/** Variable index dynamic average. */
import { checkPeriod } from './check-period.ts';
import { cmo } from './cmo.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';

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
  memory?: Memory,
): Float64Array {
  checkPeriod(period);
  const out = cmo(values, momentum, smoothing, memory);
  const kept = recall(memory, () => ({ average: NaN }));
  const { column, from } = withPast(values, momentum, memory);
  const first = firstValue(column) + momentum;
  const weight = 2 / (period + 1) / 100;
  let average = Number.isNaN(kept.average) ? (column[first - 1] ?? NaN) : kept.average;
  for (let i = first; i < column.length; i++) {
    average += weight * Math.abs(out[i - from]!) * (column[i]! - average);
    out[i - from] = average;
  }
  kept.average = average;
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
  compute: ([values], [momentum, period], memory) => [
    vidya(values!, { momentum: momentum!, period: period! }, 'sums', memory),
  ],
};
