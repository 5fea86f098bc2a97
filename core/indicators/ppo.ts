/** Percentage price oscillator. */
import { difference, quotient } from './column-arithmetic.ts';
import { ema } from './ema.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { macd } from './macd.ts';
import type { Memory } from './memory.ts';
import type { Seed } from './smoothing.ts';

export interface Ppo {
  readonly line: Float64Array;
  readonly signal: Float64Array;
  readonly histogram: Float64Array;
}

/**
 * The distance between a fast and a slow exponential average in percent of the slow one, its
 * average, and the difference of the two.
 *
 * Seeded as `macd`: the line begins at bar slow − 1. Over a slow average of 0 it is 0.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Appel 2005, Technical Analysis: Power Tools for Active Investors.
 */
export function ppo(
  values: Float64Array,
  periods: { readonly fast: number; readonly slow: number; readonly signal: number },
  seed: Seed = 'mean',
  memory?: Memory,
): Ppo {
  const distance = macd(values, { ...periods, signal: 1 }, seed, memory).line;
  const slow = ema(values, Math.max(periods.fast, periods.slow), seed, memory);
  const line = quotient(distance, slow, { scale: 100, resting: 0 });
  const signal = ema(line, periods.signal, seed, memory);
  return { line, signal, histogram: difference(line, signal) };
}

export const ppoIndicator: Indicator = {
  name: 'ppo',
  title: 'Percentage price oscillator',
  description: 'The macd in percent of the slow average, so that markets can be compared.',
  reference: 'Appel 2005, seeded as macd: the line at bar slow − 1, the signal signal − 1 later.',
  sources: ['series'],
  parameters: [
    periodParameter('fast', 'Period of the fast average.', { default: 12 }),
    periodParameter('slow', 'Period of the slow average.', { default: 26 }),
    periodParameter('signal', 'Period of the signal line.', { default: 9 }),
  ],
  outputs: ['line', 'signal', 'histogram'],
  pane: 'own',
  compute: ([values], [fast, slow, signal], memory) => {
    const all = ppo(values!, { fast: fast!, slow: slow!, signal: signal! }, 'mean', memory);
    return [all.line, all.signal, all.histogram];
  },
};
