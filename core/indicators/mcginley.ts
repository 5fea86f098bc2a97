/** McGinley dynamic. */
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, type Memory } from './memory.ts';
import { sma } from './sma.ts';

/**
 * An average that speeds up as the market runs away from it downward and slows down upward, in
 * the unit of the values.
 *
 * Each step is the distance ÷ (period × ratio⁴), never more than the distance itself: far below
 * the average the formula alone would leap over the price. The seed is a plain mean at bar
 * period − 1, as in LEAN.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: McGinley 1997, Journal of Technical Analysis.
 */
export function mcginley(values: Float64Array, period: number, memory?: Memory): Float64Array {
  const out = sma(values, period, memory);
  const kept = recall(memory, () => ({ average: NaN }));
  let average = kept.average;
  let next = 0;
  if (Number.isNaN(average)) {
    const first = firstValue(out);
    average = out[first] ?? NaN;
    next = first + 1;
  }
  for (let i = next; i < out.length; i++) {
    const ratio = values[i]! / average;
    const divisor = period * ratio * ratio * ratio * ratio;
    average += divisor > 1 ? (values[i]! - average) / divisor : values[i]! - average;
    out[i] = average;
  }
  kept.average = average;
  return out;
}

export const mcginleyIndicator: Indicator = {
  name: 'mcginley',
  title: 'McGinley dynamic',
  description: 'An average that adjusts its own speed to that of the market.',
  reference: 'McGinley 1997, seeded with a mean at bar period − 1; a step never passes the price.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Bars it follows over.', { default: 14 })],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [mcginley(values!, period!, memory)],
};
