/** Average true range. */
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { rma } from './rma.ts';
import { trueRange } from './true-range.ts';

/**
 * Average true range with Wilder smoothing, in price units, one per bar.
 *
 * The first `period - 1` values are NaN. The seed is a plain mean that counts high − low of the
 * first bar, so platforms that seed otherwise differ at first, then converge.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Wilder 1978, New Concepts in Technical Trading Systems.
 */
export function atr(bars: HighLowClose, period: number, memory?: Memory): Float64Array {
  return rma(trueRange(bars, memory), period, memory);
}

export const atrIndicator: Indicator = {
  name: 'atr',
  title: 'Average true range',
  description: "How far a bar usually moves, in price: Wilder's average of the true range.",
  reference: 'Wilder 1978: seeded with the mean of the first period ranges, at bar period − 1.',
  sources: ['high', 'low', 'close'],
  parameters: [periodParameter('period', 'Bars in the smoothing.', { default: 14 })],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close], [period], memory) => [
    atr({ high: high!, low: low!, close: close! }, period!, memory),
  ],
};
