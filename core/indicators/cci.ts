/** Commodity channel index. */
import { checkPeriod } from './check-period.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { sma } from './sma.ts';
import { typicalPrice } from './typical-price.ts';

/**
 * Distance of the typical price from its mean, in 0.015 mean absolute deviations.
 *
 * The first `period - 1` values are NaN; where nothing moved it is 0. The deviation is from the
 * newest mean, which has no running sum: the time grows with the period.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Lambert 1980, Commodities magazine.
 */
export function cci(bars: HighLowClose, period: number): Float64Array {
  checkPeriod(period);
  const prices = typicalPrice(bars);
  const out = sma(prices, period);
  let equal = 0;
  for (let i = 0; i < out.length; i++) {
    equal = prices[i] === prices[i - 1] ? equal + 1 : 1;
    if (i < period - 1) continue;
    const mean = out[i]!;
    let away = 0;
    for (let j = i - period + 1; j <= i; j++) away += Math.abs(prices[j]! - mean);
    out[i] = equal < period ? (prices[i]! - mean) / ((0.015 * away) / period) : 0;
  }
  return out;
}

export const cciIndicator: Indicator = {
  name: 'cci',
  title: 'Commodity channel index',
  description: 'How far the typical price is from its mean, measured in its usual distance.',
  reference: 'Lambert 1980: mean absolute deviation × 0.015; the first value at bar period − 1.',
  sources: ['high', 'low', 'close'],
  parameters: [
    periodParameter('period', 'Bars in the mean and in the deviation.', { default: 20 }),
  ],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close], [period]) => [
    cci({ high: high!, low: low!, close: close! }, period!),
  ],
};
