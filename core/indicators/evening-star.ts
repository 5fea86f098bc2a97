/** Evening star. */
import { candlePattern } from './candles.ts';
import { numberParameter, type Indicator } from './indicator.ts';

export const eveningStarIndicator: Indicator = candlePattern(
  {
    name: 'evening_star',
    title: 'Evening star',
    description: 'A long rise, a short body above it, and a fall well into the body of the rise.',
    reference:
      'Nison 1991, measured as in TA-Lib: long and short by the mean of ten bars, a gap between the bodies.',
    parameters: [
      numberParameter('penetration', 'How far into the body it closes, as a part of it.', {
        min: 0,
        max: 1,
        default: 0.3,
      }),
    ],
  },
  12,
  (bars, [out], [penetration]) => {
    const { length, open, close, body, colour, usual } = bars;
    const mean = usual(body);
    for (let i = 12; i < length; i++) {
      const first = colour[i - 2]! > 0 && body[i - 2]! > mean[i - 2]!;
      const gap = Math.min(open[i - 1]!, close[i - 1]!) > Math.max(open[i - 2]!, close[i - 2]!);
      const last = colour[i]! < 0 && body[i]! > mean[i]!;
      const star = body[i - 1]! <= mean[i - 1]! && gap;
      out![i] =
        first && star && last && close[i]! < close[i - 2]! - body[i - 2]! * penetration! ? 1 : 0;
    }
  },
);
