/** Where the columns of a run lie in memory, as the loader placed them, and how they are filled. */

/** Open, high, low and close of the bid, one column after another. */
export let bid: usize = 0;
/** The same of the ask; the bid's own where there is none. */
export let ask: usize = 0;
/** From one price column to the next; every column has room for a multiple of 16 bars. */
export let columnBytes: usize = 0;
/** Prices are int32 points, `scale` of them in one price unit, or plain float64. */
export let asPoints: bool = false;
export let scale: f64 = 1;
export let equity: usize = 0;
/** A byte a bar: EXIT_LONG, EXIT_SHORT, ENTER_LONG, ENTER_SHORT. */
export let flags: usize = 0;
export let length: i32 = 0;

export const EXIT_LONG: i32 = 1;
export const EXIT_SHORT: i32 = 2;
export const ENTER_LONG: i32 = 4;
export const ENTER_SHORT: i32 = 8;

/** Offsets of a bar's prices, in columns. */
export const OPEN: usize = 0;
export const HIGH: usize = 1;
export const LOW: usize = 2;
export const CLOSE: usize = 3;

/** `pointScale` is 0 where prices are plain. */
export function placePrices(
  bars: i32,
  bidAt: usize,
  askAt: usize,
  bytes: usize,
  pointScale: f64,
): void {
  length = bars;
  bid = bidAt;
  ask = askAt;
  columnBytes = bytes;
  asPoints = pointScale > 0;
  scale = pointScale;
}

export function placeRun(equityAt: usize, flagsAt: usize): void {
  equity = equityAt;
  flags = flagsAt;
}

export function price(columns: usize, field: usize, at: i32): f64 {
  const column = columns + columnBytes * field;
  if (asPoints) return <f64>load<i32>(column + ((<usize>at) << 2)) / scale;
  return load<f64>(column + ((<usize>at) << 3));
}

/** Points as float64 become prices, in place. */
export function dividePrices(at: usize, count: i32, points: f64): void {
  const divisor = f64x2.splat(points);
  const end = at + ((<usize>count) << 3);
  for (let to = at; to < end; to += 16) v128.store(to, f64x2.div(v128.load(to), divisor));
}

/** Entries (1, 0, -1), which lie where the flags will, and exits at `exits` become flags. */
export function mergeFlags(exits: usize, count: i32): void {
  const long = i8x16.splat(1);
  const short = i8x16.splat(-1);
  const enterLong = i8x16.splat(<i8>ENTER_LONG);
  const enterShort = i8x16.splat(<i8>ENTER_SHORT);
  const exitBits = i8x16.splat(<i8>(EXIT_LONG | EXIT_SHORT));
  for (let i: usize = 0; i < <usize>count; i += 16) {
    const entry = v128.load(flags + i);
    const enters = v128.or(
      v128.and(i8x16.eq(entry, long), enterLong),
      v128.and(i8x16.eq(entry, short), enterShort),
    );
    v128.store(flags + i, v128.or(enters, v128.and(v128.load(exits + i), exitBits)));
  }
}

/** Equity of bars `from` up to but not including `to`. */
export function fillEquity(from: i32, to: i32, value: f64): void {
  const pair = f64x2.splat(value);
  let at = equity + ((<usize>from) << 3);
  const end = equity + ((<usize>to) << 3);
  for (; at + 64 <= end; at += 64) {
    v128.store(at, pair);
    v128.store(at, pair, 16);
    v128.store(at, pair, 32);
    v128.store(at, pair, 48);
  }
  for (; at < end; at += 8) store<f64>(at, value);
}

/** The first bar from `from` on with one of the flags of `mask`; `to` where there is none before. */
export function nextFlag(from: i32, to: i32, mask: i32): i32 {
  const wanted = i8x16.splat(<i8>mask);
  const none = i8x16.splat(0);
  let i = from;
  for (; i + 16 <= to; i += 16) {
    const found = v128.and(v128.load(flags + <usize>i), wanted);
    if (v128.any_true(found)) return i + ctz<i32>(~i8x16.bitmask(i8x16.eq(found, none)));
  }
  while (i < to && ((<i32>load<u8>(flags + <usize>i)) & mask) === 0) i++;
  return i;
}
