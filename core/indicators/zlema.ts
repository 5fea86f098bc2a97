/** Zero-lag exponential moving average. */
import { checkPeriod } from './check-period.ts';
import { delayed } from './delayed.ts';
import { ema } from './ema.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';

/**
 * Exponential average of the values pushed ahead by their change over half the period, in their
 * unit.
 *
 * The lag is (period − 1) ÷ 2 rounded down; the average of what follows is seeded with a mean.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Ehlers and Way 2010, Zero Lag (Well, Almost).
 */
export function zlema(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period);
  const lag = Math.floor((period - 1) / 2);
  const ahead = delayed(values, lag, memory);
  for (let i = 0; i < ahead.length; i++) ahead[i] = 2 * values[i]! - ahead[i]!;
  return ema(ahead, period, 'mean', memory);
}

export const zlemaIndicator: Indicator = {
  name: 'zlema',
  title: 'Zero-lag exponential moving average',
  description: 'An exponential average of values pushed ahead by their recent change.',
  reference: 'Ehlers and Way 2010, seeded with a mean as in LEAN, half a period later than an ema.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Period of the average.')],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [zlema(values!, period!, memory)],
};
