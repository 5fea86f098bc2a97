/** Vortex indicator. */
import { quotient } from './column-arithmetic.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { withPast, type Memory } from './memory.ts';
import { sum } from './sum.ts';
import { trueRange } from './true-range.ts';

/**
 * Movement up and movement down over `period` bars, each as a share of the true ranges, about 1.
 *
 * The first `period` values are NaN, because the first movement needs a bar before it. Where
 * nothing moves both are 1.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Botes and Siepman 2010, Stocks & Commodities 28:1.
 */
export function vortex(
  bars: HighLowClose,
  period: number,
  memory?: Memory,
): { readonly plus: Float64Array; readonly minus: Float64Array } {
  const { column: high, from } = withPast(bars.high, 1, memory);
  const { column: low } = withPast(bars.low, 1, memory);
  const up = new Float64Array(high.length).fill(NaN);
  const down = new Float64Array(high.length).fill(NaN);
  for (let i = 1; i < up.length; i++) {
    up[i] = Math.abs(high[i]! - low[i - 1]!);
    down[i] = Math.abs(low[i]! - high[i - 1]!);
  }
  const ranges = sum(trueRange(bars, memory), period, memory);
  const share = { scale: 1, resting: 1 };
  return {
    plus: quotient(sum(up.subarray(from), period, memory), ranges, share),
    minus: quotient(sum(down.subarray(from), period, memory), ranges, share),
  };
}

export const vortexIndicator: Indicator = {
  name: 'vortex',
  title: 'Vortex indicator',
  description: 'Movement up and movement down as shares of the true range, both about 1.',
  reference: 'Botes and Siepman 2010; the first value comes at bar period.',
  sources: ['high', 'low', 'close'],
  parameters: [periodParameter('period', 'Bars in the sums.', { default: 14 })],
  outputs: ['plus', 'minus'],
  pane: 'own',
  compute: ([high, low, close], [period], memory) => {
    const all = vortex({ high: high!, low: low!, close: close! }, period!, memory);
    return [all.plus, all.minus];
  },
};
