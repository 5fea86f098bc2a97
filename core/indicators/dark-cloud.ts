/** Dark cloud cover. */
import { candlePattern } from './candles.ts';
import { numberParameter, type Indicator } from './indicator.ts';

export const darkCloudIndicator: Indicator = candlePattern(
  {
    name: 'dark_cloud',
    title: 'Dark cloud cover',
    description: 'After a long rise, a fall from above its high deep into its body.',
    reference: 'Nison 1991, measured as in TA-Lib: long is above the mean of ten bars.',
    parameters: [
      numberParameter('penetration', 'How far into the body it closes, as a part of it.', {
        min: 0,
        max: 1,
        default: 0.5,
      }),
    ],
  },
  11,
  (bars, [out], [penetration]) => {
    const { length, open, high, close, body, colour, usual } = bars;
    const long = usual(body);
    for (let i = 11; i < length; i++) {
      const rose = colour[i - 1]! > 0 && body[i - 1]! > long[i - 1]!;
      const fell = colour[i]! < 0 && open[i]! > high[i - 1]!;
      const deep = close[i - 1]! - body[i - 1]! * penetration!;
      out![i] = rose && fell && close[i]! < deep && close[i]! > open[i - 1]! ? 1 : 0;
    }
  },
);
