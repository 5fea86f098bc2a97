/** Average directional movement rating. */
import { adx } from './adx.ts';
import { middle } from './column-arithmetic.ts';
import { delayed } from './delayed.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';

/**
 * Mean of the average directional index and of itself `period` − 1 bars before, 0 … 100.
 *
 * Throws if `period` is not an integer of at least 2: a bug, not user input.
 * Source: Wilder 1978, New Concepts in Technical Trading Systems; the distance as in TA-Lib.
 */
export function adxr(bars: HighLowClose, period: number, memory?: Memory): Float64Array {
  const index = adx(bars, period, memory).adx;
  return middle(index, delayed(index, period - 1, memory));
}

export const adxrIndicator: Indicator = {
  name: 'adxr',
  title: 'Average directional movement rating',
  description: 'The average directional index, averaged with an older value of itself.',
  reference: 'Wilder 1978 over period − 1 bars, as in TA-Lib and Achelis 2000; begun as adx.',
  sources: ['high', 'low', 'close'],
  parameters: [periodParameter('period', 'Bars in the smoothing.', { default: 14, min: 2 })],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close], [period], memory) => [
    adxr({ high: high!, low: low!, close: close! }, period!, memory),
  ],
};
