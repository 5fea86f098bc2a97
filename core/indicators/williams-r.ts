/** Williams %R. */
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { highest, lowest } from './window-extreme.ts';

/**
 * How far the close is below the top of the range of the last `period` bars, −100 … 0.
 *
 * The first `period - 1` values are NaN; a range of nothing counts as −50.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Williams 1979, How I Made One Million Dollars Last Year Trading Commodities.
 */
export function williamsR(
  { high, low, close }: HighLowClose,
  period: number,
  memory?: Memory,
): Float64Array {
  const out = highest(high, period, memory);
  const bottom = lowest(low, period, memory);
  for (let i = 0; i < out.length; i++) {
    const top = out[i]!;
    const range = top - bottom[i]!;
    out[i] = range === 0 ? -50 : Math.max(-100, (-100 * (top - close[i]!)) / range);
  }
  return out;
}

export const williamsRIndicator: Indicator = {
  name: 'williams_r',
  title: 'Williams %R',
  description: 'How far the close is below the top of the recent range, −100 to 0.',
  reference: 'Williams 1979; a flat range counts as −50; the first value comes at bar period − 1.',
  sources: ['high', 'low', 'close'],
  parameters: [periodParameter('period', 'Bars in the range.', { default: 14 })],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close], [period], memory) => [
    williamsR({ high: high!, low: low!, close: close! }, period!, memory),
  ],
};
