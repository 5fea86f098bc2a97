/** Chande momentum oscillator. */
import { change } from './change.ts';
import { quotient } from './column-arithmetic.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { rsi } from './rsi.ts';
import { sum } from './sum.ts';

/**
 * Net change over the sum of all changes of the last `period` values, −100 … 100.
 *
 * Plain sums, as Chande and MT5 have it, or with `wilder` smoothed, as in TA-Lib and LEAN. The first
 * `period` values are NaN; where nothing moved it is 0.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Chande and Kroll 1994, The New Technical Trader.
 */
export function cmo(
  values: Float64Array,
  period: number,
  smoothing: 'sums' | 'wilder' = 'sums',
  memory?: Memory,
): Float64Array {
  if (smoothing === 'wilder') {
    const strength = rsi(values, period, memory);
    for (let i = 0; i < strength.length; i++) strength[i] = 2 * strength[i]! - 100;
    return strength;
  }
  const steps = change(values, 1, memory);
  const net = sum(steps, period, memory);
  for (let i = 0; i < steps.length; i++) steps[i] = Math.abs(steps[i]!);
  const out = quotient(net, sum(steps, period, memory), { scale: 100, resting: 0 });
  // Rounding could pass the bounds.
  for (let i = 0; i < out.length; i++) out[i] = Math.max(-100, Math.min(100, out[i]!));
  return out;
}

export const cmoIndicator: Indicator = {
  name: 'cmo',
  title: 'Chande momentum oscillator',
  description: 'The net change as a share of all movement, −100 to 100.',
  reference: 'Chande and Kroll 1994: plain sums, not the smoothed ones of TA-Lib; from bar period.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Changes in the sums.', { default: 14 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [cmo(values!, period!, 'sums', memory)],
};
