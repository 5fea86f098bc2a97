/** Garman–Klass volatility. */
import { barsPerYearParameter } from './bars-per-year.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { naturalLog } from './logarithm.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';

interface OpenHighLowClose {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/**
 * Volatility estimated from all four prices of the last `period` bars, as percent a year.
 *
 * The first `period - 1` values are NaN. A bar whose low is not above 0 counts as still.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Garman and Klass 1980, Journal of Business 53:1.
 */
export function garmanKlass(
  { open, high, low, close }: OpenHighLowClose,
  period: number,
  barsPerYear: number,
  memory?: Memory,
): Float64Array {
  const squares = new Float64Array(high.length);
  for (let i = 0; i < squares.length; i++) {
    if (!(low[i]! > 0)) continue;
    const range = naturalLog(high[i]! / low[i]!);
    const body = naturalLog(close[i]! / open[i]!);
    squares[i] = 0.5 * range * range - (2 * Math.LN2 - 1) * body * body;
  }
  const out = sma(squares, period, memory);
  for (let i = 0; i < out.length; i++) out[i] = 100 * Math.sqrt(barsPerYear * out[i]!);
  return out;
}

export const garmanKlassIndicator: Indicator = {
  name: 'garman_klass',
  title: 'Garman–Klass volatility',
  description: 'Volatility estimated from all four prices of the bars, as percent a year.',
  reference: 'Garman and Klass 1980; the first value comes at bar period − 1.',
  sources: ['open', 'high', 'low', 'close'],
  parameters: [
    periodParameter('period', 'Bars in the mean.', { default: 20 }),
    barsPerYearParameter,
  ],
  outputs: [''],
  pane: 'own',
  compute: ([open, high, low, close], [period, barsPerYear], memory) => [
    garmanKlass(
      { open: open!, high: high!, low: low!, close: close! },
      period!,
      barsPerYear!,
      memory,
    ),
  ],
};
