/** Moving average convergence divergence. */
import { ema } from './ema.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { afterFirst, type Memory } from './memory.ts';
import type { Seed } from './smoothing.ts';

export interface Macd {
  readonly line: Float64Array;
  readonly signal: Float64Array;
  readonly histogram: Float64Array;
}

/**
 * The distance between a fast and a slow exponential average, the average of that distance, and
 * the difference of the two, in the unit of the values.
 *
 * As in TA-Lib both averages begin on the same bar: the fast one is seeded with the mean of the
 * last `fast` values before it. The line begins at bar slow − 1, the others `signal` − 1 later;
 * the longer of the two periods is the slow one, whichever comes first. With
 * the seed `first` all begin with their first value, as in Tulip.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Appel 2005, Technical Analysis: Power Tools for Active Investors.
 */
export function macd(
  values: Float64Array,
  periods: { readonly fast: number; readonly slow: number; readonly signal: number },
  seed: Seed = 'mean',
  memory?: Memory,
): Macd {
  const fast = Math.min(periods.fast, periods.slow);
  const slow = Math.max(periods.fast, periods.slow);
  const later = seed === 'mean' ? slow - fast : 0;
  const skipped = afterFirst(values, later, memory);
  const fastAverage = ema(values.subarray(skipped), fast, seed, memory);
  const line = ema(values, slow, seed, memory);
  for (let i = 0; i < line.length; i++) {
    line[i] = i < skipped ? NaN : fastAverage[i - skipped]! - line[i]!;
  }
  const signal = ema(line, periods.signal, seed, memory);
  const histogram = new Float64Array(line.length);
  for (let i = 0; i < line.length; i++) histogram[i] = line[i]! - signal[i]!;
  return { line, signal, histogram };
}

export const macdIndicator: Indicator = {
  name: 'macd',
  title: 'Moving average convergence divergence',
  description:
    'The distance between a fast and a slow average, its own average, and their difference.',
  reference:
    'Appel 2005, seeded as TA-Lib does: the line comes at bar slow − 1, the signal signal − 1 later.',
  sources: ['series'],
  parameters: [
    periodParameter('fast', 'Period of the fast average.', { default: 12 }),
    periodParameter('slow', 'Period of the slow average.', { default: 26 }),
    periodParameter('signal', 'Period of the signal line.', { default: 9 }),
  ],
  outputs: ['line', 'signal', 'histogram'],
  pane: 'own',
  compute: ([values], [fast, slow, signal], memory) => {
    const all = macd(values!, { fast: fast!, slow: slow!, signal: signal! }, 'mean', memory);
    return [all.line, all.signal, all.histogram];
  },
};
