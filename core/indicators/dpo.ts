/** Detrended price oscillator. */
import { difference } from './column-arithmetic.ts';
import { delayed } from './delayed.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';

/**
 * The value period ÷ 2 + 1 bars ago minus the average of the last `period` values, in their unit.
 *
 * Half the period is rounded down. It is not shifted back: each value is known on its own bar.
 * The first `period - 1` values are NaN.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Achelis 2000, Technical Analysis from A to Z.
 */
export function dpo(values: Float64Array, period: number, memory?: Memory): Float64Array {
  const older = delayed(values, Math.floor(period / 2) + 1, memory);
  return difference(older, sma(values, period, memory));
}

export const dpoIndicator: Indicator = {
  name: 'dpo',
  title: 'Detrended price oscillator',
  description: 'An older value minus the average: the cycle without the trend.',
  reference: 'Achelis 2000, not shifted into the past: each value is known on its own bar.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values in the average.', { default: 20 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [dpo(values!, period!, memory)],
};
