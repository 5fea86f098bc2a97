/** Parkinson volatility. */
import { barsPerYearParameter } from './bars-per-year.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { naturalLog } from './logarithm.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';

/**
 * Volatility estimated from the ranges of the last `period` bars, as percent a year.
 *
 * The first `period - 1` values are NaN. A bar whose low is not above 0 counts as still.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Parkinson 1980, Journal of Business 53:1.
 */
export function parkinson(
  { high, low }: { readonly high: Float64Array; readonly low: Float64Array },
  period: number,
  barsPerYear: number,
  memory?: Memory,
): Float64Array {
  const squares = new Float64Array(high.length);
  for (let i = 0; i < squares.length; i++) {
    const range = low[i]! > 0 ? naturalLog(high[i]! / low[i]!) : 0;
    squares[i] = range * range;
  }
  const out = sma(squares, period, memory);
  const scale = barsPerYear / (4 * Math.LN2);
  for (let i = 0; i < out.length; i++) out[i] = 100 * Math.sqrt(scale * out[i]!);
  return out;
}

export const parkinsonIndicator: Indicator = {
  name: 'parkinson',
  title: 'Parkinson volatility',
  description: 'Volatility estimated from the ranges of the bars, as percent a year.',
  reference: 'Parkinson 1980; the first value comes at bar period − 1.',
  sources: ['high', 'low'],
  parameters: [
    periodParameter('period', 'Bars in the mean.', { default: 20 }),
    barsPerYearParameter,
  ],
  outputs: [''],
  pane: 'own',
  compute: ([high, low], [period, barsPerYear], memory) => [
    parkinson({ high: high!, low: low! }, period!, barsPerYear!, memory),
  ],
};
