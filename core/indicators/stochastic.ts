/** Stochastic oscillator. */
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';
import { highest, lowest } from './window-extreme.ts';

export interface Stochastic {
  readonly k: Float64Array;
  readonly d: Float64Array;
}

/**
 * Where the close lies in the range of the last `period` bars, 0 … 100: `k` smoothed over
 * `smoothing` bars, `d` the average of `k` over `signal` bars. A range of nothing counts as 50.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Lane; Achelis 2000, Technical Analysis from A to Z.
 */
export function stochastic(
  { high, low, close }: HighLowClose,
  periods: { readonly period: number; readonly smoothing: number; readonly signal: number },
  memory?: Memory,
): Stochastic {
  const top = highest(high, periods.period, memory);
  const bottom = lowest(low, periods.period, memory);
  const raw = new Float64Array(close.length);
  for (let i = 0; i < raw.length; i++) {
    const range = top[i]! - bottom[i]!;
    raw[i] = range === 0 ? 50 : Math.min(100, (100 * (close[i]! - bottom[i]!)) / range);
  }
  const k = sma(raw, periods.smoothing, memory);
  return { k, d: sma(k, periods.signal, memory) };
}

export const stochasticIndicator: Indicator = {
  name: 'stochastic',
  title: 'Stochastic oscillator',
  description: 'Where the close lies in the range of recent bars, 0 to 100, and its average.',
  reference: 'Lane, in Achelis 2000: both smoothed by simple averages; a flat range counts as 50.',
  sources: ['high', 'low', 'close'],
  parameters: [
    periodParameter('period', 'Bars in the range.', { default: 14 }),
    periodParameter('smoothing', 'Bars in the average that makes k.', { default: 3 }),
    periodParameter('signal', 'Bars in the average of k that makes d.', { default: 3 }),
  ],
  outputs: ['k', 'd'],
  pane: 'own',
  compute: ([high, low, close], [period, smoothing, signal], memory) => {
    const { k, d } = stochastic(
      { high: high!, low: low!, close: close! },
      { period: period!, smoothing: smoothing!, signal: signal! },
      memory,
    );
    return [k, d];
  },
};
