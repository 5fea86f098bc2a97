/** Synthetic ticks from a seed, for tests and benchmarks: a random walk, never shown as a market. */
import { createRandom } from './made-bars.ts';
import type { Ticks } from './ticks.ts';

export interface MadeTicksOptions {
  readonly count: number;
  readonly seed: number;
  readonly firstMs?: number;
  /** Longest distance between two ticks; 0 is among the distances. */
  readonly mostStepMs?: number;
  readonly ask?: boolean;
  readonly volume?: boolean;
}

/** Ticks on a scale of 10⁵ around 1.1; the same seed gives the same ticks. */
export function makeTicks(options: MadeTicksOptions): Ticks {
  const { count, seed, firstMs = Date.UTC(2020, 0, 1), mostStepMs = 5_000 } = options;
  const random = createRandom(seed);
  const timesMs = new Float64Array(count);
  const bid = new Int32Array(count);
  const ask = new Int32Array(count);
  const volume = new Float64Array(count);
  let timeMs = firstMs;
  let points = 110_000;
  for (let i = 0; i < count; i++) {
    timesMs[i] = timeMs;
    timeMs += Math.floor(random() * (mostStepMs + 1));
    bid[i] = points = Math.max(100, points + Math.floor(random() * 7) - 3);
    ask[i] = points + Math.floor(random() * 15);
    volume[i] = Math.floor(random() * 40) / 4;
  }
  return {
    length: count,
    timesMs,
    scale: 100_000,
    digits: 5,
    bid,
    ask: options.ask === false ? null : ask,
    volume: options.volume ? volume : null,
  };
}

/** Ticks as plain arrays of doubles in price units, to be compared whatever their scale. */
export function plainTicks({ timesMs, scale, bid, ask, volume }: Ticks) {
  return {
    timesMs: Array.from(timesMs),
    bid: Array.from(bid, (value) => value / scale),
    ask: ask && Array.from(ask, (value) => value / scale),
    volume: volume && Array.from(volume),
  };
}
