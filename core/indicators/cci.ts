/** Commodity channel index. */
import { checkPeriod } from './check-period.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';
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
export function cci(bars: HighLowClose, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  const prices = typicalPrice(bars);
  const out = sma(prices, period, memory);
  const kept = recall(memory, () => ({ equal: 0 }));
  const { column, from } = withPast(prices, period, memory);
  let equal = kept.equal;
  for (let i = from; i < column.length; i++) {
    equal = column[i] === column[i - 1] ? equal + 1 : 1;
    if (i < period - 1) continue;
    const mean = out[i - from]!;
    let away = 0;
    for (let j = i - period + 1; j <= i; j++) away += Math.abs(column[j]! - mean);
    out[i - from] = equal < period ? (column[i]! - mean) / ((0.015 * away) / period) : 0;
  }
  kept.equal = equal;
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
  compute: ([high, low, close], [period], memory) => [
    cci({ high: high!, low: low!, close: close! }, period!, memory),
  ],
};
