/** Three white soldiers. */
import { candlePattern } from './candles.ts';
import type { Indicator } from './indicator.ts';

export const threeWhiteSoldiersIndicator: Indicator = candlePattern(
  {
    name: 'three_white_soldiers',
    title: 'Three white soldiers',
    description: 'Three rising bodies, each opening in the one before and closing near its high.',
    reference:
      'Nison 1991, measured as in TA-Lib: tiny upper shadows, and none far shorter than the one before.',
  },
  12,
  (bars, [out]) => {
    const { length, open, close, body, upper, range, colour, closeTo, usual } = bars;
    const mean = usual(body);
    const tiny = usual(range, 0.1);
    const near = closeTo(range, 0.2);
    const far = closeTo(range, 0.6);
    for (let i = 12; i < length; i++) {
      let marches = colour[i - 2]! > 0 && upper[i - 2]! < tiny[i - 2]! && body[i]! > mean[i]!;
      for (let j = i - 1; j <= i && marches; j++) {
        const before = close[j - 1]!;
        marches =
          colour[j]! > 0 &&
          upper[j]! < tiny[j]! &&
          close[j]! > before &&
          open[j]! > open[j - 1]! &&
          open[j]! <= before + near[j - 1]! &&
          body[j]! > body[j - 1]! - far[j - 1]!;
      }
      out![i] = marches ? 1 : 0;
    }
  },
);
