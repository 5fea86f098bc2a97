/** Outside bar. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const outsideBarIndicator: Indicator = candlePattern(
  {
    name: 'outside_bar',
    title: 'Outside bar',
    description: 'The bar reaches beyond both ends of the range of the bar before.',
    reference: 'High above and low below those of the bar before; equal prices do not count.',
  },
  1,
  (bars, [out]) => {
    const { length, high, low } = bars;
    for (let i = 1; i < length; i++) {
      out![i] = high[i]! > high[i - 1]! && low[i]! < low[i - 1]! ? 1 : 0;
    }
  },
);
