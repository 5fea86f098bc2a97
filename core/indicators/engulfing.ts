/** Engulfing pattern. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const engulfingIndicator: Indicator = candlePattern(
  {
    name: 'engulfing',
    title: 'Engulfing pattern',
    description: 'A body that swallows the body of the bar before, which has the other colour.',
    reference:
      'Nison 1991, measured as in TA-Lib: both ends reach beyond the body before; equal ends do not.',
    outputs: ['bullish', 'bearish'],
  },
  2,
  (bars, [bullish, bearish]) => {
    const { length, open, close, colour } = bars;
    for (let i = 2; i < length; i++) {
      const turned = colour[i] !== colour[i - 1];
      const up = close[i]! > open[i - 1]! && open[i]! < close[i - 1]!;
      const down = open[i]! > close[i - 1]! && close[i]! < open[i - 1]!;
      bullish![i] = turned && colour[i]! > 0 && up ? 1 : 0;
      bearish![i] = turned && colour[i]! < 0 && down ? 1 : 0;
    }
  },
);
