/** Price and volume trend. */
import type { Indicator } from './indicator.ts';

/**
 * Running sum of volume × change of the close as a share of it, 0 on the first bar.
 *
 * From a close of 0 nothing is added.
 * Source: Achelis 2000, Technical Analysis from A to Z.
 */
export function pvt(close: Float64Array, volume: Float64Array): Float64Array {
  const out = new Float64Array(close.length);
  let total = 0;
  for (let i = 1; i < out.length; i++) {
    const before = close[i - 1]!;
    if (before !== 0) total += (volume[i]! * (close[i]! - before)) / before;
    out[i] = total;
  }
  return out;
}

export const pvtIndicator: Indicator = {
  name: 'pvt',
  title: 'Price and volume trend',
  description: 'The running sum of volume, weighed by the relative change of each bar.',
  reference: 'Achelis 2000; 0 on the first bar.',
  sources: ['close', 'volume'],
  parameters: [],
  outputs: [''],
  pane: 'own',
  compute: ([close, volume]) => [pvt(close!, volume!)],
};
