/** Money flow index. */
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { withPast, type Memory } from './memory.ts';
import { sum } from './sum.ts';
import { typicalPrice } from './typical-price.ts';

/**
 * Share of the money, price × volume, that came with a rising typical price, 0 … 100.
 *
 * The first `period` values are NaN, because the first change needs a bar before it; a bar without
 * change counts for neither side. Where no money flowed it is 50.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Quong and Soudack 1989, Stocks & Commodities 7:3.
 */
export function mfi(
  bars: HighLowClose,
  volume: Float64Array,
  period: number,
  memory?: Memory,
): Float64Array {
  const { column: prices, from } = withPast(typicalPrice(bars), 1, memory);
  const positive = new Float64Array(prices.length).fill(NaN);
  const negative = new Float64Array(prices.length).fill(NaN);
  for (let i = 1; i < prices.length; i++) {
    const money = prices[i]! * volume[i - from]!;
    const direction = Math.sign(prices[i]! - prices[i - 1]!);
    positive[i] = direction > 0 ? money : 0;
    negative[i] = direction < 0 ? money : 0;
  }
  const out = sum(positive.subarray(from), period, memory);
  const other = sum(negative.subarray(from), period, memory);
  for (let i = 0; i < out.length; i++) {
    const whole = out[i]! + other[i]!;
    out[i] = whole === 0 ? 50 : Math.min(100, (100 * out[i]!) / whole);
  }
  return out;
}

export const mfiIndicator: Indicator = {
  name: 'mfi',
  title: 'Money flow index',
  description: 'The share of the money that flowed on rising bars, 0 to 100.',
  reference:
    'Quong and Soudack 1989; where no money flowed it is 50; the first value at bar period.',
  sources: ['high', 'low', 'close', 'volume'],
  parameters: [periodParameter('period', 'Bars in the sums.', { default: 14 })],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close, volume], [period], memory) => [
    mfi({ high: high!, low: low!, close: close! }, volume!, period!, memory),
  ],
};
