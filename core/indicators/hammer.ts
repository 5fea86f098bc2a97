/** Hammer. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const hammerIndicator: Indicator = candlePattern(
  {
    name: 'hammer',
    title: 'Hammer',
    description: 'A small body at the top of a long lower shadow, near the low of the bar before.',
    reference:
      'Nison 1991, measured as in TA-Lib: a lower shadow longer than the body; no trend before it is asked for.',
  },
  11,
  (bars, [out]) => {
    const { length, open, close, low, body, upper, lower, range, closeTo, usual } = bars;
    const short = usual(body);
    const tiny = usual(range, 0.1);
    const near = closeTo(range, 0.2);
    for (let i = 11; i < length; i++) {
      const shape = body[i]! < short[i]! && lower[i]! > body[i]! && upper[i]! < tiny[i]!;
      const foot = Math.min(open[i]!, close[i]!);
      out![i] = shape && foot <= low[i - 1]! + near[i - 1]! ? 1 : 0;
    }
  },
);
