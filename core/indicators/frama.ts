/** Fractal adaptive moving average. */
import { checkPeriod } from './check-period.ts';
import { delayed } from './delayed.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { exponential, naturalLog } from './logarithm.ts';
import { recall, type Memory } from './memory.ts';
import { highest, lowest } from './window-extreme.ts';

/**
 * An exponential average of the bars' middle that follows a straight market quickly and a jagged
 * one slowly, in price units.
 *
 * The window is 2 × `half` bars; the weight is e^(w × (dimension − 1)), held within 0.01 … 1,
 * with w = ln(2 ÷ (slow + 1)). The first 2 × `half` − 1 values are NaN, the next is the price
 * itself.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Ehlers 2005, FRAMA – Fractal Adaptive Moving Average; w = −4.6 there is `slow` = 198.
 */
export function frama(
  { high, low }: { readonly high: Float64Array; readonly low: Float64Array },
  { half, slow }: { readonly half: number; readonly slow: number },
  memory?: Memory,
): Float64Array {
  checkPeriod(slow);
  const top = highest(high, half, memory);
  const bottom = lowest(low, half, memory);
  const out = new Float64Array(high.length).fill(NaN);
  const strength = naturalLog(2 / (slow + 1));
  const olderTop = delayed(top, half, memory);
  const olderBottom = delayed(bottom, half, memory);
  const kept = recall(memory, () => ({ average: NaN }));
  let average = kept.average;
  let next = firstValue(olderTop);
  if (Number.isNaN(average) && next < out.length) {
    average = (high[next]! + low[next]!) / 2;
    out[next++] = average;
  }
  for (let i = next; i < out.length; i++) {
    const newer = top[i]! - bottom[i]!;
    const older = olderTop[i]! - olderBottom[i]!;
    const whole = Math.max(top[i]!, olderTop[i]!) - Math.min(bottom[i]!, olderBottom[i]!);
    const jagged = newer + older > 0 ? naturalLog((2 * (newer + older)) / whole) / Math.LN2 : 0;
    const weight = Math.min(1, Math.max(0.01, exponential(strength * (jagged - 1))));
    average += weight * ((high[i]! + low[i]!) / 2 - average);
    out[i] = average;
  }
  kept.average = average;
  return out;
}

export const framaIndicator: Indicator = {
  name: 'frama',
  title: 'Fractal adaptive moving average',
  description: 'An average that follows a straight market quickly and a jagged one slowly.',
  reference: 'Ehlers 2005: starts with the price at bar 2 × half − 1; w = −4.6 is slow = 198.',
  sources: ['high', 'low'],
  parameters: [
    periodParameter('half', 'Half the bars that the dimension is measured over.', { default: 8 }),
    periodParameter('slow', 'Period of the average in the most jagged market.', { default: 198 }),
  ],
  outputs: [''],
  pane: 'price',
  compute: ([high, low], [half, slow], memory) => [
    frama({ high: high!, low: low! }, { half: half!, slow: slow! }, memory),
  ],
};
