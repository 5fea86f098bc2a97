/** Spinning top. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const spinningTopIndicator: Indicator = candlePattern(
  {
    name: 'spinning_top',
    title: 'Spinning top',
    description: 'A small body with a longer shadow on either side.',
    reference:
      'Nison 1991, measured as in TA-Lib: a body below the mean of ten bars, both shadows longer than it.',
  },
  10,
  (bars, [out]) => {
    const { length, body, upper, lower, usual } = bars;
    const short = usual(body);
    for (let i = 10; i < length; i++) {
      const size = body[i]!;
      out![i] = size < short[i]! && upper[i]! > size && lower[i]! > size ? 1 : 0;
    }
  },
);
