/** Marubozu. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const marubozuIndicator: Indicator = candlePattern(
  {
    name: 'marubozu',
    title: 'Marubozu',
    description: 'A long body with hardly a shadow, rising or falling.',
    reference:
      'Nison 1991, measured as in TA-Lib: shadows below a tenth of the mean range of ten bars.',
    outputs: ['bullish', 'bearish'],
  },
  10,
  (bars, [bullish, bearish]) => {
    const { length, body, upper, lower, range, colour, usual } = bars;
    const long = usual(body);
    const tiny = usual(range, 0.1);
    for (let i = 10; i < length; i++) {
      const bare = body[i]! > long[i]! && upper[i]! < tiny[i]! && lower[i]! < tiny[i]!;
      bullish![i] = bare && colour[i]! > 0 ? 1 : 0;
      bearish![i] = bare && colour[i]! < 0 ? 1 : 0;
    }
  },
);
