/** Chaikin oscillator. */
import { accumulationDistribution } from './accumulation-distribution.ts';
import { difference } from './column-arithmetic.ts';
import { ema } from './ema.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { afterFirst, type Memory } from './memory.ts';

/**
 * A fast minus a slow exponential average of the accumulation and distribution line, in units of
 * volume.
 *
 * Both start with the first value of the line, as in TA-Lib and Tulip; the values before the
 * longer period is complete are NaN.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Chaikin, in Achelis 2000, Technical Analysis from A to Z.
 */
export function chaikinOscillator(
  bars: HighLowClose,
  volume: Float64Array,
  { fast, slow }: { readonly fast: number; readonly slow: number },
  memory?: Memory,
): Float64Array {
  const line = accumulationDistribution(bars, volume, memory);
  const out = difference(ema(line, fast, 'first', memory), ema(line, slow, 'first', memory));
  return out.fill(NaN, 0, afterFirst(line, Math.max(fast, slow) - 1, memory));
}

export const chaikinOscillatorIndicator: Indicator = {
  name: 'chaikin_oscillator',
  title: 'Chaikin oscillator',
  description: 'The momentum of accumulation and distribution: a fast minus a slow average of it.',
  reference: 'Chaikin, seeded with the first value as in TA-Lib; begins at bar slow − 1.',
  sources: ['high', 'low', 'close', 'volume'],
  parameters: [
    periodParameter('fast', 'Period of the fast average.', { default: 3 }),
    periodParameter('slow', 'Period of the slow average.', { default: 10 }),
  ],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close, volume], [fast, slow], memory) => [
    chaikinOscillator(
      { high: high!, low: low!, close: close! },
      volume!,
      {
        fast: fast!,
        slow: slow!,
      },
      memory,
    ),
  ],
};
