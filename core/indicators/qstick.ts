/** Qstick. */
import { difference } from './column-arithmetic.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';

/**
 * Mean of close − open over the last `period` bars, in price units; above 0 where bars close
 * higher than they open. The first `period - 1` values are NaN.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Chande and Kroll 1994, The New Technical Trader.
 */
export function qstick(
  { open, close }: { readonly open: Float64Array; readonly close: Float64Array },
  period: number,
  memory?: Memory,
): Float64Array {
  return sma(difference(close, open), period, memory);
}

export const qstickIndicator: Indicator = {
  name: 'qstick',
  title: 'Qstick',
  description: 'The mean of close minus open over so many bars.',
  reference: 'Chande and Kroll 1994, simple average; the first value comes at bar period − 1.',
  sources: ['open', 'close'],
  parameters: [periodParameter('period', 'Bars in the mean.', { default: 8 })],
  outputs: [''],
  pane: 'own',
  compute: ([open, close], [period], memory) => [
    qstick({ open: open!, close: close! }, period!, memory),
  ],
};
