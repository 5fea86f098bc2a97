/** Volume oscillator. */
import { difference, quotient } from './column-arithmetic.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';

/**
 * How much a fast average of the volume is above a slow one, in percent of the slow one.
 *
 * Begins where the longer average does; where that is 0 it is 0.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Achelis 2000, Technical Analysis from A to Z.
 */
export function volumeOscillator(
  volume: Float64Array,
  { fast, slow }: { readonly fast: number; readonly slow: number },
  memory?: Memory,
): Float64Array {
  const long = sma(volume, slow, memory);
  return quotient(difference(sma(volume, fast, memory), long), long, { scale: 100, resting: 0 });
}

export const volumeOscillatorIndicator: Indicator = {
  name: 'volume_oscillator',
  title: 'Volume oscillator',
  description: 'How much a fast average of the volume is above a slow one, in percent.',
  reference: 'Achelis 2000: simple averages; begins where the longer one does.',
  sources: ['volume'],
  parameters: [
    periodParameter('fast', 'Bars in the fast average.', { default: 5 }),
    periodParameter('slow', 'Bars in the slow average.', { default: 10 }),
  ],
  outputs: [''],
  pane: 'own',
  compute: ([volume], [fast, slow], memory) => [
    volumeOscillator(volume!, { fast: fast!, slow: slow! }, memory),
  ],
};
