/** Acceleration bands. */
import type { HighLowClose } from './high-low-close.ts';
import { numberParameter, periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';

/**
 * Averages of the close, and of highs and lows pushed out by `width` times the range as a share
 * of high + low, in price units.
 *
 * The first `period - 1` values are NaN; a bar with high + low = 0 is not pushed.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Headley 2002, Big Trends in Trading.
 */
export function accelerationBands(
  { high, low, close }: HighLowClose,
  period: number,
  width: number,
  memory?: Memory,
): { readonly upper: Float64Array; readonly middle: Float64Array; readonly lower: Float64Array } {
  const above = new Float64Array(close.length);
  const below = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    const total = high[i]! + low[i]!;
    const push = total === 0 ? 0 : (width * (high[i]! - low[i]!)) / total;
    above[i] = high[i]! * (1 + push);
    below[i] = low[i]! * (1 - push);
  }
  return {
    upper: sma(above, period, memory),
    middle: sma(close, period, memory),
    lower: sma(below, period, memory),
  };
}

export const accelerationBandsIndicator: Indicator = {
  name: 'acceleration_bands',
  title: 'Acceleration bands',
  description: 'An average of the close with bands that widen with the ranges of the bars.',
  reference: 'Headley 2002, simple averages; the first value comes at bar period − 1.',
  sources: ['high', 'low', 'close'],
  parameters: [
    periodParameter('period', 'Bars in the averages.', { default: 20 }),
    numberParameter('width', 'How far the range pushes the bands out.', {
      min: 0,
      max: 100,
      default: 4,
    }),
  ],
  outputs: ['upper', 'middle', 'lower'],
  pane: 'price',
  compute: ([high, low, close], [period, width], memory) => {
    const all = accelerationBands(
      { high: high!, low: low!, close: close! },
      period!,
      width!,
      memory,
    );
    return [all.upper, all.middle, all.lower];
  },
};
