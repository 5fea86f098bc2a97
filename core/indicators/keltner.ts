/** Keltner channel. */
import { atr } from './atr.ts';
import { band } from './column-arithmetic.ts';
import { ema } from './ema.ts';
import type { HighLowClose } from './high-low-close.ts';
import { numberParameter, periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';
import { trueRange } from './true-range.ts';
import { typicalPrice } from './typical-price.ts';

export interface Channel {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

interface KeltnerSettings {
  readonly period: number;
  readonly atrPeriod: number;
  readonly multiple: number;
}

/**
 * An average of the price and the lines `multiple` average true ranges above and below it.
 *
 * `raschke`: an exponential average of the close and Wilder's range. `simple`: simple averages of
 * the typical price and of the true range, as in LEAN.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Keltner 1960, How to Make Money in Commodities; Raschke's form.
 */
export function keltner(
  bars: HighLowClose,
  { period, atrPeriod, multiple }: KeltnerSettings,
  form: 'raschke' | 'simple' = 'raschke',
  memory?: Memory,
): Channel {
  const simple = form === 'simple';
  const middle = simple
    ? sma(typicalPrice(bars), period, memory)
    : ema(bars.close, period, 'mean', memory);
  const range = simple
    ? sma(trueRange(bars, memory), atrPeriod, memory)
    : atr(bars, atrPeriod, memory);
  const [upper, lower] = band(middle, range, multiple);
  return { upper, middle, lower };
}

export const keltnerIndicator: Indicator = {
  name: 'keltner',
  title: 'Keltner channel',
  description: 'An exponential average with a band of average true ranges on either side.',
  reference: 'Keltner 1960 in the form of Raschke: ema of the close, atr of Wilder.',
  sources: ['high', 'low', 'close'],
  parameters: [
    periodParameter('period', 'Period of the average.', { default: 20 }),
    periodParameter('atr_period', 'Bars in the average true range.', { default: 10 }),
    numberParameter('multiple', 'Average true ranges to either side.', {
      min: 0,
      max: 100,
      default: 2,
    }),
  ],
  outputs: ['upper', 'middle', 'lower'],
  pane: 'price',
  compute: ([high, low, close], [period, atrPeriod, multiple], memory) => {
    const all = keltner(
      { high: high!, low: low!, close: close! },
      { period: period!, atrPeriod: atrPeriod!, multiple: multiple! },
      'raschke',
      memory,
    );
    return [all.upper, all.middle, all.lower];
  },
};
