/** Average true range in percent. */
import { atr } from './atr.ts';
import { quotient } from './column-arithmetic.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';

/**
 * Average true range in percent of the close, begun as `atr`; over a close of 0 it is 0.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Forman 2006, Stocks & Commodities 24:5.
 */
export function natr(bars: HighLowClose, period: number, memory?: Memory): Float64Array {
  return quotient(atr(bars, period, memory), bars.close, { scale: 100, resting: 0 });
}

export const natrIndicator: Indicator = {
  name: 'natr',
  title: 'Normalised average true range',
  description: 'The average true range in percent of the close.',
  reference: 'Forman 2006; begun as atr, one bar before TA-Lib, with which it converges.',
  sources: ['high', 'low', 'close'],
  parameters: [periodParameter('period', 'Bars in the smoothing.', { default: 14 })],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close], [period], memory) => [
    natr({ high: high!, low: low!, close: close! }, period!, memory),
  ],
};
