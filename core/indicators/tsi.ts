/** True strength index. */
import { change } from './change.ts';
import { quotient } from './column-arithmetic.ts';
import { ema } from './ema.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';

export interface Tsi {
  readonly line: Float64Array;
  readonly signal: Float64Array;
}

/**
 * Doubly smoothed change over doubly smoothed movement, −100 … 100, and its average.
 *
 * The averages are seeded with means: the line begins at bar long + short − 1, the signal
 * signal − 1 bars later. Where nothing moves it is 0.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Blau 1991, Stocks & Commodities 9:11.
 */
export function tsi(
  values: Float64Array,
  {
    long,
    short,
    signal,
  }: { readonly long: number; readonly short: number; readonly signal: number },
  memory?: Memory,
): Tsi {
  const steps = change(values, 1, memory);
  const net = ema(ema(steps, long, 'mean', memory), short, 'mean', memory);
  for (let i = 0; i < steps.length; i++) steps[i] = Math.abs(steps[i]!);
  const line = quotient(net, ema(ema(steps, long, 'mean', memory), short, 'mean', memory), {
    scale: 100,
    resting: 0,
  });
  for (let i = 0; i < line.length; i++) line[i] = Math.max(-100, Math.min(100, line[i]!));
  return { line, signal: ema(line, signal, 'mean', memory) };
}

export const tsiIndicator: Indicator = {
  name: 'tsi',
  title: 'True strength index',
  description: 'Doubly smoothed change as a share of all movement, −100 to 100, and its average.',
  reference: 'Blau 1991, averages seeded with means: the line comes at bar long + short − 1.',
  sources: ['series'],
  parameters: [
    periodParameter('long', 'Period of the first smoothing.', { default: 25 }),
    periodParameter('short', 'Period of the second smoothing.', { default: 13 }),
    periodParameter('signal', 'Period of the signal line.', { default: 7 }),
  ],
  outputs: ['line', 'signal'],
  pane: 'own',
  compute: ([values], [long, short, signal], memory) => {
    const all = tsi(values!, { long: long!, short: short!, signal: signal! }, memory);
    return [all.line, all.signal];
  },
};
