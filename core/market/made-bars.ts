/** Synthetic bars from a seed, for tests and benchmarks: a random walk, never shown as a market. */
import type { Bars, PriceColumns } from './bars.ts';

export interface MadeBarsOptions {
  readonly count: number;
  readonly seed: number;
  readonly firstMs?: number;
  readonly stepMs?: number;
  readonly ask?: boolean;
  readonly volume?: boolean;
}

/** Bars on a scale of 10⁵ around 1.1, without holes; the same seed gives the same bars. */
export function makeBars(options: MadeBarsOptions): Bars {
  const { count, seed, firstMs = Date.UTC(2020, 0, 1), stepMs = 3_600_000 } = options;
  const random = createRandom(seed);
  const bid = emptyColumns(count);
  let last = 110_000;
  for (let i = 0; i < count; i++) {
    const open = last + Math.floor(random() * 5) - 2;
    const close = Math.max(100, open + Math.floor(random() * 101) - 50);
    bid.open[i] = open;
    bid.close[i] = last = close;
    bid.high[i] = Math.max(open, close) + Math.floor(random() * 30);
    bid.low[i] = Math.min(open, close) - Math.floor(random() * 30);
  }
  const above = (column: Int32Array | Float64Array) =>
    Int32Array.from(column, (points) => points + 12);
  return {
    length: count,
    timesMs: Float64Array.from({ length: count }, (_, i) => firstMs + i * stepMs),
    scale: 100_000,
    digits: 5,
    bid,
    ask: options.ask
      ? {
          open: above(bid.open),
          high: above(bid.high),
          low: above(bid.low),
          close: above(bid.close),
        }
      : null,
    volume: options.volume
      ? Float64Array.from({ length: count }, () => Math.floor(random() * 3000))
      : null,
    spreadPoints: null,
  };
}

function emptyColumns(count: number): PriceColumns {
  const make = () => new Int32Array(count);
  return { open: make(), high: make(), low: make(), close: make() };
}

/** Mulberry32: numbers in [0, 1) from a 32-bit seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Bars as plain arrays of doubles in price units, to be compared whatever their scale. */
export function plain(bars: Bars) {
  const side = (columns: PriceColumns | null) =>
    columns && {
      open: Array.from(columns.open, (value) => value / bars.scale),
      high: Array.from(columns.high, (value) => value / bars.scale),
      low: Array.from(columns.low, (value) => value / bars.scale),
      close: Array.from(columns.close, (value) => value / bars.scale),
    };
  return {
    timesMs: Array.from(bars.timesMs),
    bid: side(bars.bid)!,
    ask: side(bars.ask),
    volume: bars.volume && Array.from(bars.volume),
    spreadPoints: bars.spreadPoints && Array.from(bars.spreadPoints),
  };
}
