/** Average directional movement rating. */
import { adx } from './adx.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';

/**
 * Mean of the average directional index and of itself `period` − 1 bars before, 0 … 100.
 *
 * Throws if `period` is not an integer of at least 2: a bug, not user input.
 * Source: Wilder 1978, New Concepts in Technical Trading Systems; the distance as in TA-Lib.
 */
export function adxr(bars: HighLowClose, period: number): Float64Array {
  const index = adx(bars, period).adx;
  const out = new Float64Array(index.length).fill(NaN);
  for (let i = period - 1; i < out.length; i++) out[i] = (index[i]! + index[i - period + 1]!) / 2;
  return out;
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
  compute: ([high, low, close], [period]) => [
    adxr({ high: high!, low: low!, close: close! }, period!),
  ],
};
