/** Piercing line. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const piercingIndicator: Indicator = candlePattern(
  {
    name: 'piercing',
    title: 'Piercing line',
    description:
      'After a long fall, a long rise from below its low to above the middle of its body.',
    reference: 'Nison 1991, measured as in TA-Lib: long is above the mean of ten bars.',
  },
  11,
  (bars, [out]) => {
    const { length, open, low, close, body, colour, usual } = bars;
    const long = usual(body);
    for (let i = 11; i < length; i++) {
      const fell = colour[i - 1]! < 0 && body[i - 1]! > long[i - 1]!;
      const rose = colour[i]! > 0 && body[i]! > long[i]! && open[i]! < low[i - 1]!;
      const half = close[i - 1]! + body[i - 1]! * 0.5;
      out![i] = fell && rose && close[i]! > half && close[i]! < open[i - 1]! ? 1 : 0;
    }
  },
);
