/**
 * A run that leaves no equity a bar behind: it jumps from signal to signal and from level to
 * level, over bitsets and blocks of 16 bars.
 */
import { CLOSE, HIGH, LOW, ask, bid, columnBytes, length } from './columns';

export const BLOCK_BARS: i32 = 16;
const BLOCK_SHIFT: i32 = 4;

/** Bitsets of what the rules ask for; one without any bit where they never do. */
export let enterLong: usize = 0;
export let enterShort: usize = 0;
export let exitLong: usize = 0;
export let exitShort: usize = 0;

/** Lowest low, highest high, lowest close, highest close of each block, one after another. */
let bidBlocks: usize = 0;
let askBlocks: usize = 0;
let blockBytes: usize = 0;
/** Of all bars, bid and ask. */
let lowest: f64 = 0;
let highest: f64 = 0;

export const LOWS: usize = 0;
export const HIGHS: usize = 1;
export const BOTTOMS: usize = 2;
export const TOPS: usize = 3;

/** Twenty-four bytes a hold: first bar, first bar after it, and the money; see `addHold`. */
let holdRows: usize = 0;
export let holds: i32 = 0;

/** How levels are made: as `LevelKind` of the loader; long stop, long target, short stop … */
const levelKinds = memory.data(16);
const levelNumbers = memory.data(32, 8);
const levelColumns = memory.data(16);

export const HOLD_BYTES: usize = 40;

export function placeSignals(
  longEntries: usize,
  shortEntries: usize,
  longExits: usize,
  shortExits: usize,
): void {
  enterLong = longEntries;
  enterShort = shortEntries;
  exitLong = longExits;
  exitShort = shortExits;
}

export function placeHolds(rows: usize): void {
  holdRows = rows;
}

export function forgetHolds(): void {
  holds = 0;
}

/** A position from bar `from` up to but not including `to`, and the money after it. */
export function addHold(
  from: i32,
  to: i32,
  cash: f64,
  units: f64,
  openPrice: f64,
  after: f64,
): void {
  const row = holdRows + <usize>holds * HOLD_BYTES;
  store<i32>(row, from);
  store<i32>(row, to, 4);
  store<f64>(row, cash, 8);
  store<f64>(row, units, 16);
  store<f64>(row, openPrice, 24);
  store<f64>(row, after, 32);
  holds++;
}

export function holdRow(k: i32): usize {
  return holdRows + <usize>k * HOLD_BYTES;
}

/** All was lost in the latest hold. */
export function emptyHold(): void {
  if (holds > 0) store<f64>(holdRow(holds - 1), 0, 32);
}

/** `at` has room for eight columns of a value a block. */
export function makeBlocks(at: usize): void {
  const count = (length + BLOCK_BARS - 1) >> BLOCK_SHIFT;
  blockBytes = (<usize>count) << 3;
  lowest = Infinity;
  highest = -Infinity;
  bidBlocks = at;
  fillBlocks(bid, bidBlocks, count);
  askBlocks = bidBlocks;
  if (ask === bid) return;
  askBlocks = at + blockBytes * 4;
  fillBlocks(ask, askBlocks, count);
}

function fillBlocks(columns: usize, to: usize, count: i32): void {
  for (let k = 0; k < count; k++) {
    let low: f64 = Infinity;
    let high: f64 = -Infinity;
    let bottom: f64 = Infinity;
    let top: f64 = -Infinity;
    const end = min<i32>(length, (k + 1) << BLOCK_SHIFT);
    for (let i = k << BLOCK_SHIFT; i < end; i++) {
      const at = columns + ((<usize>i) << 3);
      low = min<f64>(low, load<f64>(at + columnBytes * LOW));
      high = max<f64>(high, load<f64>(at + columnBytes * HIGH));
      bottom = min<f64>(bottom, load<f64>(at + columnBytes * CLOSE));
      top = max<f64>(top, load<f64>(at + columnBytes * CLOSE));
    }
    lowest = min<f64>(lowest, low);
    highest = max<f64>(highest, high);
    const row = to + ((<usize>k) << 3);
    store<f64>(row + blockBytes * LOWS, low);
    store<f64>(row + blockBytes * HIGHS, high);
    store<f64>(row + blockBytes * BOTTOMS, bottom);
    store<f64>(row + blockBytes * TOPS, top);
  }
}

/** A column of a value a block, of the prices that close and value a position. */
export function blocksOf(columns: usize, field: usize): usize {
  return (columns === bid ? bidBlocks : askBlocks) + blockBytes * field;
}

/** The first bar from `from` on where one of three bitsets has its bit, `to` if none before. */
export function nextSignal(x: usize, y: usize, z: usize, from: i32, to: i32): i32 {
  if (from >= to) return to;
  let at = (<usize>(from >> 6)) << 3;
  const end = (<usize>((to + 63) >> 6)) << 3;
  let word = load<u64>(x + at) | load<u64>(y + at) | load<u64>(z + at);
  const every: u64 = ~0;
  const skipped = <u64>(from & 63);
  word &= every << skipped;
  while (word === 0) {
    at += 8;
    if (at >= end) return to;
    word = load<u64>(x + at) | load<u64>(y + at) | load<u64>(z + at);
  }
  return min<i32>(to, ((<i32>at) << 3) + <i32>ctz<u64>(word));
}

/** The first bar from `from` on that reaches a level, `to` if none before. */
export function nextLevel(columns: usize, from: i32, to: i32, lower: f64, upper: f64): i32 {
  const lows = columns + columnBytes * LOW;
  const highs = columns + columnBytes * HIGH;
  if (!(lower >= lowest) && !(upper <= highest)) return to;
  const blockLows = blocksOf(columns, LOWS);
  const blockHighs = blocksOf(columns, HIGHS);
  let i = from;
  while (i < to) {
    const block = (<usize>(i >> BLOCK_SHIFT)) << 3;
    const next = (i | (BLOCK_BARS - 1)) + 1;
    if (load<f64>(blockLows + block) <= lower || load<f64>(blockHighs + block) >= upper) {
      const end = min<i32>(to, next);
      for (; i < end; i++) {
        const at = (<usize>i) << 3;
        if (load<f64>(lows + at) <= lower || load<f64>(highs + at) >= upper) return i;
      }
    }
    i = next;
  }
  return to;
}

/** Whether a bitset has the bit of a bar. */
export function isSet(bits: usize, i: i32): bool {
  return ((load<u64>(bits + ((<usize>(i >> 6)) << 3)) >> (<u64>(i & 63))) & 1) !== 0;
}

const NO_LEVEL: i32 = 0;
const OF_CLOSE: i32 = 1;
const FROM_CLOSE: i32 = 2;
const FROM_CLOSE_BY_COLUMN: i32 = 3;
const OF_COLUMN: i32 = 4;
/** Any other kind is the number itself. */

/** `which`: 0 a long's stop, 1 its target, 2 a short's stop, 3 its target. */
export function placeLevel(which: i32, kind: i32, number: f64, column: usize): void {
  store<i32>(levelKinds + ((<usize>which) << 2), kind);
  store<f64>(levelNumbers + ((<usize>which) << 3), number);
  store<usize>(levelColumns + ((<usize>which) << 2), column);
}

/** The level of an entry that bar `i` signals, NaN where it has none. */
export function levelOf(which: i32, i: i32): f64 {
  const kind = load<i32>(levelKinds + ((<usize>which) << 2));
  if (kind === NO_LEVEL) return NaN;
  const at = (<usize>i) << 3;
  const number = load<f64>(levelNumbers + ((<usize>which) << 3));
  const column = load<usize>(levelColumns + ((<usize>which) << 2));
  const close = load<f64>(bid + columnBytes * CLOSE + at);
  if (kind === OF_CLOSE) return close * number;
  if (kind === FROM_CLOSE) return close + number;
  if (kind === FROM_CLOSE_BY_COLUMN) return close + number * load<f64>(column + at);
  if (kind === OF_COLUMN) return load<f64>(column + at);
  return number;
}
