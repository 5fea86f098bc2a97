/** Ulcer index. */
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';
import { highest } from './window-extreme.ts';

/**
 * Root of the mean squared fall from the highest of the last `period` values, in percent.
 *
 * The first 2 × (period − 1) values are NaN; a fall from a top that is not above 0 counts as 0.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Martin and McCann 1989, The Investor's Guide to Fidelity Funds.
 */
export function ulcerIndex(values: Float64Array, period: number, memory?: Memory): Float64Array {
  const falls = highest(values, period, memory);
  for (let i = 0; i < falls.length; i++) {
    const top = falls[i]!;
    const fall = top <= 0 ? 0 : (100 * (values[i]! - top)) / top;
    falls[i] = fall * fall;
  }
  const out = sma(falls, period, memory);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i]!);
  return out;
}

export const ulcerIndexIndicator: Indicator = {
  name: 'ulcer_index',
  title: 'Ulcer index',
  description: 'How deep and how long the falls from recent tops are, in percent.',
  reference: 'Martin and McCann 1989, as in StockCharts; the first value at bar 2 × (period − 1).',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values in the top and in the mean.', { default: 14 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [ulcerIndex(values!, period!, memory)],
};
