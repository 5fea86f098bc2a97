/** Choppiness index. */
import { checkPeriod } from './check-period.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { naturalLog } from './logarithm.ts';
import type { Memory } from './memory.ts';
import { sum } from './sum.ts';
import { trueRange } from './true-range.ts';
import { highest, lowest } from './window-extreme.ts';

/**
 * How much the market wandered to get where it is: about 0 for a straight move, about 100 for
 * none.
 *
 * The logarithm of the sum of true ranges over the whole range, over that of the period. The
 * first `period - 1` values are NaN; a range of nothing counts as 50. A gap before the window
 * can take it above 100.
 *
 * Throws if `period` is not an integer of at least 2: a bug, not user input.
 * Source: Dreiss 1993.
 */
export function choppiness(bars: HighLowClose, period: number, memory?: Memory): Float64Array {
  checkPeriod(period - 1);
  const way = sum(trueRange(bars, memory), period, memory);
  const top = highest(bars.high, period, memory);
  const bottom = lowest(bars.low, period, memory);
  const scale = 100 / naturalLog(period);
  for (let i = 0; i < way.length; i++) {
    const range = top[i]! - bottom[i]!;
    way[i] = range === 0 ? 50 : scale * naturalLog(way[i]! / range);
  }
  return way;
}

export const choppinessIndicator: Indicator = {
  name: 'choppiness',
  title: 'Choppiness index',
  description: 'How much the market wanders instead of going somewhere, about 0 to 100.',
  reference:
    'Dreiss 1993 as in TradingView; a flat range is 50; the first value at bar period − 1.',
  sources: ['high', 'low', 'close'],
  parameters: [periodParameter('period', 'Bars looked at.', { default: 14, min: 2 })],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close], [period], memory) => [
    choppiness({ high: high!, low: low!, close: close! }, period!, memory),
  ],
};
