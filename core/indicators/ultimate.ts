/** Ultimate oscillator. */
import { delayed } from './delayed.ts';
import { firstValue } from './first-value.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sum } from './sum.ts';
import { trueRange } from './true-range.ts';

/**
 * Buying pressure as a share of the true range over three spans, the short weighing 4, the
 * middle 2, the long 1; 0 … 100.
 *
 * It needs a close before each bar of the long span: the first `long` values are NaN, as in
 * TA-Lib. A span in which nothing moved counts as 50.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Williams 1985, Stocks & Commodities 3:4.
 */
export function ultimate(
  bars: HighLowClose,
  periods: { readonly short: number; readonly middle: number; readonly long: number },
  memory?: Memory,
): Float64Array {
  const ranges = trueRange(bars, memory);
  const pressure = new Float64Array(ranges.length).fill(NaN);
  const before = delayed(bars.close, 1, memory);
  for (let i = firstValue(before); i < pressure.length; i++) {
    pressure[i] = bars.close[i]! - Math.min(bars.low[i]!, before[i]!);
  }
  ranges.fill(NaN, 0, firstValue(before));
  const out = new Float64Array(ranges.length);
  addShares(out, pressure, ranges, periods.short, 4, memory);
  addShares(out, pressure, ranges, periods.middle, 2, memory);
  addShares(out, pressure, ranges, periods.long, 1, memory);
  for (let i = 0; i < out.length; i++) out[i] = Math.min(100, (100 * out[i]!) / 7);
  return out;
}

function addShares(
  out: Float64Array,
  pressure: Float64Array,
  ranges: Float64Array,
  period: number,
  weight: number,
  memory?: Memory,
): void {
  const part = sum(pressure, period, memory);
  const whole = sum(ranges, period, memory);
  for (let i = 0; i < out.length; i++) {
    out[i] = out[i]! + weight * (whole[i] === 0 ? 0.5 : part[i]! / whole[i]!);
  }
}

export const ultimateIndicator: Indicator = {
  name: 'ultimate',
  title: 'Ultimate oscillator',
  description: 'Buying pressure over three spans at once, 0 to 100.',
  reference: 'Williams 1985: weights 4, 2, 1; begins at bar long; a span of no movement is 50.',
  sources: ['high', 'low', 'close'],
  parameters: [
    periodParameter('short', 'Bars of the span that weighs 4.', { default: 7 }),
    periodParameter('middle', 'Bars of the span that weighs 2.', { default: 14 }),
    periodParameter('long', 'Bars of the span that weighs 1.', { default: 28 }),
  ],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close], [short, middle, long], memory) => [
    ultimate(
      { high: high!, low: low!, close: close! },
      { short: short!, middle: middle!, long: long! },
      memory,
    ),
  ],
};
