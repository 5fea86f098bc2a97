/** Doji. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const dojiIndicator: Indicator = candlePattern(
  {
    name: 'doji',
    title: 'Doji',
    description: 'Open and close are nearly the same price.',
    reference:
      'Nison 1991, measured as in TA-Lib: a body of at most a tenth of the mean range of ten bars.',
  },
  10,
  (bars, [out]) => {
    const { length, body, range, usual } = bars;
    const small = usual(range, 0.1);
    for (let i = 10; i < length; i++) out![i] = body[i]! <= small[i]! ? 1 : 0;
  },
);
