/** Harami. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const haramiIndicator: Indicator = candlePattern(
  {
    name: 'harami',
    title: 'Harami',
    description: 'A short body inside the long body of the bar before; bullish after a fall.',
    reference:
      'Nison 1991, measured as in TA-Lib: long and short are above and below the mean of ten bars.',
    outputs: ['bullish', 'bearish'],
  },
  11,
  (bars, [bullish, bearish]) => {
    const { length, open, close, body, colour, usual } = bars;
    const mean = usual(body);
    for (let i = 11; i < length; i++) {
      const sizes = body[i - 1]! > mean[i - 1]! && body[i]! <= mean[i]!;
      const top = Math.max(open[i]!, close[i]!) < Math.max(open[i - 1]!, close[i - 1]!);
      const bottom = Math.min(open[i]!, close[i]!) > Math.min(open[i - 1]!, close[i - 1]!);
      const inside = sizes && top && bottom;
      bullish![i] = inside && colour[i - 1]! < 0 ? 1 : 0;
      bearish![i] = inside && colour[i - 1]! > 0 ? 1 : 0;
    }
  },
);
