/** Chaikin money flow. */
import { moneyFlow } from './accumulation-distribution.ts';
import { quotient } from './column-arithmetic.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sum } from './sum.ts';

/**
 * Volume weighed by where bars close in their ranges, as a share of all volume, −1 … 1.
 *
 * The first `period - 1` values are NaN; without volume it is 0.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Chaikin, in Achelis 2000, Technical Analysis from A to Z.
 */
export function chaikinMoneyFlow(
  bars: HighLowClose,
  volume: Float64Array,
  period: number,
  memory?: Memory,
): Float64Array {
  const share = { scale: 1, resting: 0 };
  const out = quotient(
    sum(moneyFlow(bars, volume), period, memory),
    sum(volume, period, memory),
    share,
  );
  for (let i = 0; i < out.length; i++) out[i] = Math.max(-1, Math.min(1, out[i]!));
  return out;
}

export const chaikinMoneyFlowIndicator: Indicator = {
  name: 'chaikin_money_flow',
  title: 'Chaikin money flow',
  description: 'Volume weighed by where bars close in their ranges, as a share of all, −1 to 1.',
  reference: 'Chaikin, in Achelis 2000; the first value comes at bar period − 1.',
  sources: ['high', 'low', 'close', 'volume'],
  parameters: [periodParameter('period', 'Bars in the sums.', { default: 20 })],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close, volume], [period], memory) => [
    chaikinMoneyFlow({ high: high!, low: low!, close: close! }, volume!, period!, memory),
  ],
};
