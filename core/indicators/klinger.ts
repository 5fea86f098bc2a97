/** Klinger volume oscillator. */
import { difference } from './column-arithmetic.ts';
import { ema } from './ema.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';
import type { Seed } from './smoothing.ts';

export interface Klinger {
  readonly line: Float64Array;
  readonly signal: Float64Array;
}

/**
 * A fast minus a slow exponential average of the volume force, in units of volume × 100, and the
 * average of that.
 *
 * The force begins on the second bar. With the seed `mean` the line comes at bar slow, with
 * `first` the averages start with the first force, as in Achelis and Tulip.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Klinger 1997, Stocks & Commodities 15:12.
 */
export function klinger(
  bars: HighLowClose,
  volume: Float64Array,
  periods: { readonly fast: number; readonly slow: number; readonly signal: number },
  seed: Seed = 'mean',
  memory?: Memory,
): Klinger {
  const force = volumeForce(bars, volume, memory);
  const line = difference(
    ema(force, periods.fast, seed, memory),
    ema(force, periods.slow, seed, memory),
  );
  return { line, signal: ema(line, periods.signal, seed, memory) };
}

/** Volume × |2 × range ÷ ranges since the trend turned − 1| × 100, with the sign of the trend. */
function volumeForce(bars: HighLowClose, volume: Float64Array, memory?: Memory): Float64Array {
  const kept = recall(memory, () => ({ trend: 0, ranges: 0 }));
  const { column: high, from } = withPast(bars.high, 1, memory);
  const { column: low } = withPast(bars.low, 1, memory);
  const { column: close } = withPast(bars.close, 1, memory);
  const out = new Float64Array(close.length).fill(NaN);
  let { trend, ranges } = kept;
  for (let i = 1; i < out.length; i++) {
    const step = high[i]! + low[i]! + close[i]! - (high[i - 1]! + low[i - 1]! + close[i - 1]!);
    const turned = step !== 0 && Math.sign(step) !== trend;
    if (turned) {
      trend = Math.sign(step);
      ranges = high[i - 1]! - low[i - 1]!;
    }
    const range = high[i]! - low[i]!;
    ranges += range;
    const share = ranges === 0 ? 0 : Math.abs((2 * range) / ranges - 1);
    out[i] = 100 * volume[i - from]! * share * trend;
  }
  Object.assign(kept, { trend, ranges });
  return out.subarray(from);
}

export const klingerIndicator: Indicator = {
  name: 'klinger',
  title: 'Klinger volume oscillator',
  description: 'A fast minus a slow average of the force of volume along the trend.',
  reference: 'Klinger 1997, averages seeded with means: the line comes at bar slow.',
  sources: ['high', 'low', 'close', 'volume'],
  parameters: [
    periodParameter('fast', 'Period of the fast average.', { default: 34 }),
    periodParameter('slow', 'Period of the slow average.', { default: 55 }),
    periodParameter('signal', 'Period of the signal line.', { default: 13 }),
  ],
  outputs: ['line', 'signal'],
  pane: 'own',
  compute: ([high, low, close, volume], [fast, slow, signal], memory) => {
    const bars = { high: high!, low: low!, close: close! };
    const all = klinger(
      bars,
      volume!,
      { fast: fast!, slow: slow!, signal: signal! },
      'mean',
      memory,
    );
    return [all.line, all.signal];
  },
};
