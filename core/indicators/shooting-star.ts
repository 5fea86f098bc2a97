/** Shooting star. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const shootingStarIndicator: Indicator = candlePattern(
  {
    name: 'shooting_star',
    title: 'Shooting star',
    description: 'A small body under a long upper shadow, above the body of the bar before.',
    reference:
      'Nison 1991, measured as in TA-Lib: an upper shadow longer than the body, and a gap between the bodies.',
  },
  11,
  (bars, [out]) => {
    const { length, open, close, body, upper, lower, range, usual } = bars;
    const short = usual(body);
    const tiny = usual(range, 0.1);
    for (let i = 11; i < length; i++) {
      const shape = body[i]! < short[i]! && upper[i]! > body[i]! && lower[i]! < tiny[i]!;
      const gap = Math.min(open[i]!, close[i]!) > Math.max(open[i - 1]!, close[i - 1]!);
      out![i] = shape && gap ? 1 : 0;
    }
  },
);
