/** Relative vigor index. */
import { quotient } from './column-arithmetic.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { withPast, type Memory } from './memory.ts';
import { sum } from './sum.ts';

interface OpenHighLowClose {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/**
 * Close − open as a share of high − low, both smoothed over four bars and summed over `period`,
 * −1 … 1, and a signal smoothed over four bars.
 *
 * The line begins at bar period + 2, the signal three later. Where no bar has a range it is 0.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Ehlers 2002, Stocks & Commodities 20:1.
 */
export function rvi(
  { open, high, low, close }: OpenHighLowClose,
  period: number,
  memory?: Memory,
): { readonly line: Float64Array; readonly signal: Float64Array } {
  const body = new Float64Array(close.length);
  const range = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    body[i] = close[i]! - open[i]!;
    range[i] = high[i]! - low[i]!;
  }
  const line = quotient(
    sum(symmetric(body, memory), period, memory),
    sum(symmetric(range, memory), period, memory),
    {
      scale: 1,
      resting: 0,
    },
  );
  for (let i = 0; i < line.length; i++) line[i] = Math.max(-1, Math.min(1, line[i]!));
  return { line, signal: symmetric(line, memory) };
}

/** Mean of four values weighing 1, 2, 2 and 1. */
function symmetric(values: Float64Array, memory?: Memory): Float64Array {
  const { column, from } = withPast(values, 3, memory);
  const out = new Float64Array(column.length).fill(NaN);
  for (let i = 3; i < out.length; i++) {
    out[i] = (column[i]! + 2 * (column[i - 1]! + column[i - 2]!) + column[i - 3]!) / 6;
  }
  return out.subarray(from);
}

export const rviIndicator: Indicator = {
  name: 'rvi',
  title: 'Relative vigor index',
  description: 'How much of the range of the bars is gained between open and close, −1 to 1.',
  reference: 'Ehlers 2002: weights 1, 2, 2, 1; the line comes at bar period + 2.',
  sources: ['open', 'high', 'low', 'close'],
  parameters: [periodParameter('period', 'Bars in the sums.', { default: 10 })],
  outputs: ['line', 'signal'],
  pane: 'own',
  compute: ([open, high, low, close], [period], memory) => {
    const all = rvi({ open: open!, high: high!, low: low!, close: close! }, period!, memory);
    return [all.line, all.signal];
  },
};
