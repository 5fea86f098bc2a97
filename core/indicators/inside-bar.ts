/** Inside bar. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const insideBarIndicator: Indicator = candlePattern(
  {
    name: 'inside_bar',
    title: 'Inside bar',
    description: 'The whole bar lies within the range of the bar before.',
    reference: 'High below and low above those of the bar before; equal prices do not count.',
  },
  1,
  (bars, [out]) => {
    const { length, high, low } = bars;
    for (let i = 1; i < length; i++) {
      out![i] = high[i]! < high[i - 1]! && low[i]! > low[i - 1]! ? 1 : 0;
    }
  },
);
