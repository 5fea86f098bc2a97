/** Stochastic RSI. */
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { rsi } from './rsi.ts';
import { sma } from './sma.ts';
import { highest, lowest } from './window-extreme.ts';

/**
 * Where the relative strength index lies in its own recent range, 0 … 100: `k` smoothed over
 * `smoothing` bars, `d` the average of `k` over `signal` bars. A range of nothing counts as 50.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Chande and Kroll 1994, The New Technical Trader.
 */
export function stochRsi(
  values: Float64Array,
  periods: {
    readonly strength: number;
    readonly period: number;
    readonly smoothing: number;
    readonly signal: number;
  },
  memory?: Memory,
): { readonly k: Float64Array; readonly d: Float64Array } {
  const raw = rsi(values, periods.strength, memory);
  const top = highest(raw, periods.period, memory);
  const bottom = lowest(raw, periods.period, memory);
  for (let i = 0; i < raw.length; i++) {
    const range = top[i]! - bottom[i]!;
    raw[i] = range === 0 ? 50 : Math.min(100, (100 * (raw[i]! - bottom[i]!)) / range);
  }
  const k = sma(raw, periods.smoothing, memory);
  return { k, d: sma(k, periods.signal, memory) };
}

export const stochRsiIndicator: Indicator = {
  name: 'stoch_rsi',
  title: 'Stochastic RSI',
  description: 'Where the relative strength index lies in its own recent range, 0 to 100.',
  reference: 'Chande and Kroll 1994 on the RSI of Wilder, smoothed as in TradingView and LEAN.',
  sources: ['series'],
  parameters: [
    periodParameter('strength', 'Changes in the relative strength index.', { default: 14 }),
    periodParameter('period', 'Bars in the range.', { default: 14 }),
    periodParameter('smoothing', 'Bars in the average that makes k.', { default: 3 }),
    periodParameter('signal', 'Bars in the average of k that makes d.', { default: 3 }),
  ],
  outputs: ['k', 'd'],
  pane: 'own',
  compute: ([values], [strength, period, smoothing, signal], memory) => {
    const { k, d } = stochRsi(
      values!,
      {
        strength: strength!,
        period: period!,
        smoothing: smoothing!,
        signal: signal!,
      },
      memory,
    );
    return [k, d];
  },
};
