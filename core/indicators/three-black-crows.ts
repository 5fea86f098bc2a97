/** Three black crows. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const threeBlackCrowsIndicator: Indicator = candlePattern(
  {
    name: 'three_black_crows',
    title: 'Three black crows',
    description:
      'After a rise, three falling bodies, each opening in the one before and closing near its low.',
    reference:
      'Nison 1991, measured as in TA-Lib: tiny lower shadows, and the first closes below the high before it.',
  },
  13,
  (bars, [out]) => {
    const { length, open, high, close, lower, range, colour, usual } = bars;
    const tiny = usual(range, 0.1);
    for (let i = 13; i < length; i++) {
      let falls =
        colour[i - 3]! > 0 &&
        colour[i - 2]! < 0 &&
        lower[i - 2]! < tiny[i - 2]! &&
        close[i - 2]! < high[i - 3]!;
      for (let j = i - 1; j <= i && falls; j++) {
        falls =
          colour[j]! < 0 &&
          lower[j]! < tiny[j]! &&
          close[j]! < close[j - 1]! &&
          open[j]! < open[j - 1]! &&
          open[j]! > close[j - 1]!;
      }
      out![i] = falls ? 1 : 0;
    }
  },
);
