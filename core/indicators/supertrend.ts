/** SuperTrend. */
import { atr } from './atr.ts';
import { firstValue } from './first-value.ts';
import type { HighLowClose } from './high-low-close.ts';
import { numberParameter, periodParameter, type Indicator } from './indicator.ts';
import { recall, type Memory } from './memory.ts';

export interface SuperTrend {
  readonly line: Float64Array;
  /** 1 below a rising market, −1 above a falling one. */
  readonly direction: Float64Array;
}

/**
 * A line `multiple` average true ranges from the middle of the bars that only moves with the
 * trend, in price units, and the side it is on.
 *
 * It changes sides when the close passes it. The first `period - 1` values are NaN; it begins
 * above, as in TradingView, or below where the close is over that line.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Seban 2008.
 */
export function supertrend(
  bars: HighLowClose,
  period: number,
  multiple: number,
  memory?: Memory,
): SuperTrend {
  const { high, low, close } = bars;
  const line = atr(bars, period, memory);
  const direction = new Float64Array(line.length).fill(NaN);
  const kept = recall(memory, () => ({ upper: Infinity, lower: -Infinity, side: -1, before: NaN }));
  let { upper, lower, side, before } = kept;
  for (let i = firstValue(line); i < line.length; i++) {
    const middle = (high[i]! + low[i]!) / 2;
    const distance = multiple * line[i]!;
    upper = before > upper ? middle + distance : Math.min(upper, middle + distance);
    lower = before < lower ? middle - distance : Math.max(lower, middle - distance);
    if (side < 0 ? close[i]! > upper : close[i]! < lower) side = -side;
    direction[i] = side;
    line[i] = side < 0 ? upper : lower;
    before = close[i]!;
  }
  Object.assign(kept, { upper, lower, side, before });
  return { line, direction };
}

export const supertrendIndicator: Indicator = {
  name: 'supertrend',
  title: 'SuperTrend',
  description: 'A trailing line some average true ranges away, and its side: 1 in a rising market.',
  reference:
    'Seban 2008 on the atr of Wilder, as in TradingView; the first value at bar period − 1.',
  sources: ['high', 'low', 'close'],
  parameters: [
    periodParameter('period', 'Bars in the average true range.', { default: 10 }),
    numberParameter('multiple', 'Average true ranges from the middle of the bar.', {
      min: 0,
      max: 100,
      default: 3,
    }),
  ],
  outputs: ['line', 'direction'],
  pane: 'price',
  compute: ([high, low, close], [period, multiple], memory) => {
    const all = supertrend({ high: high!, low: low!, close: close! }, period!, multiple!, memory);
    return [all.line, all.direction];
  },
};
