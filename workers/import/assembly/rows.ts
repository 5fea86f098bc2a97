/**
 * Ordinary rows of bars from bytes to points; `../wasm-rows.ts` lays out the memory and says which
 * rows are ordinary. A row that is not is left where it is, and nothing of it counts.
 *
 * The digits of a row are told from all else once, 64 bytes at a time, a bit a byte; cells are
 * then found by counting zeros, and a number of up to 16 digits is read in one piece.
 */
import { clockMs, dayMs, isOfDay, readDay, timeLength } from './time';
import { nonDigits, number } from './digits';
import { forgetShape, hasShape, learn, noteCell, shapedPrices, shapeEnd } from './shape';

const SKIP: i32 = 0;
const VOLUME: i32 = 1;
const TICK_VOLUME: i32 = 2;
const RETURN: i32 = 13;
const QUOTE: i32 = 34;
/** An Int32 holds any number of nine digits, a double any of fifteen. */
const MOST_INT_DIGITS: usize = 9;
const MOST_DOUBLE_DIGITS: usize = 15;
/** After so many of the 64 bytes told apart the next are told before another cell is read. */
const FAR: usize = 32;

/** Powers of ten as 16 doubles, and what the columns after the prices are, a byte each. */
const POWERS: usize = 256;
const REST: usize = 384;

/** Where the first row begins that was not read. */
export let stopped: usize = 0;

let separator: i32 = 0;
let point: i32 = 0;
let lineEnd: i32 = 0;
let sides: usize = 0;
let rest: usize = 0;
let times: usize = 0;
let prices: usize = 0;
let columnBytes: usize = 0;
let volumes: usize = 0;
let tickVolumes: usize = 0;
let spreads: usize = 0;

export function setCells(
  separatorByte: i32,
  pointByte: i32,
  lineEndByte: i32,
  priceColumns: i32,
  restColumns: i32,
): void {
  separator = separatorByte;
  point = pointByte;
  lineEnd = lineEndByte;
  sides = priceColumns;
  rest = restColumns;
  forgetShape();
}

export function placeColumns(
  timesAt: usize,
  pricesAt: usize,
  bytesAColumn: usize,
  volumesAt: usize,
  tickVolumesAt: usize,
  spreadsAt: usize,
): void {
  times = timesAt;
  prices = pricesAt;
  columnBytes = bytesAColumn;
  volumes = volumesAt;
  tickVolumes = tickVolumesAt;
  spreads = spreadsAt;
}

/** How many rows it read of those in `from` … `to`, before which a line ends; at most `most`. */
export function readRows(from: usize, to: usize, most: i32, digits: usize): i32 {
  let start = from;
  let n: usize = 0;
  for (; n < <usize>most && start + timeLength < to; n++) {
    const next = readRow(start, n, digits);
    if (next === 0) break;
    start = next;
  }
  stopped = start;
  return <i32>n;
}

/** Reads the row at `start` into place `n` of the columns; where the next begins, 0 = not ordinary. */
function readRow(start: usize, n: usize, digits: usize): usize {
  const comma = separator;
  const dot = point;
  const end = lineEnd;
  if (!isOfDay(start) && !readDay(start)) return 0;
  const clock = clockMs(start);
  if (clock < 0) return 0;
  store<f64>(times + (n << 3), dayMs + <f64>clock);

  let p = start + timeLength;
  let base = p;
  let others = nonDigits(p);
  if (hasShape(p, others, digits)) {
    const points = shapedPrices(p);
    if (!isPossibleBar(points)) return 0;
    v128.store32_lane(prices + (n << 2), points, 0);
    v128.store32_lane(prices + columnBytes + (n << 2), points, 1);
    v128.store32_lane(prices + columnBytes * 2 + (n << 2), points, 2);
    v128.store32_lane(prices + columnBytes * 3 + (n << 2), points, 3);
    p += shapeEnd;
    others = (others >> (<u64>shapeEnd)) << (<u64>shapeEnd);
  } else {
    p = readPrices(p, others, n, digits);
    if (p === 0) return 0;
    base = p;
    others = nonDigits(p);
  }

  for (let c: usize = 0; c < rest; c++) {
    if (p - base > FAR) {
      base = p;
      others = nonDigits(p);
    }
    if (<i32>load<u8>(p) !== comma) return 0;
    const first = p + 1;
    const kind = <i32>load<u8>(REST + c);
    if (kind === SKIP) {
      p = first;
      for (let byte = <i32>load<u8>(p); byte !== comma && byte !== end;) {
        if (byte === QUOTE) return 0;
        byte = <i32>load<u8>(++p);
      }
      base = p;
      others = nonDigits(p);
      continue;
    }
    others &= others - 1;
    if (others === 0) return 0;
    const whole = base + <usize>ctz(others);
    let decimals: usize = 0;
    p = whole;
    const isVolume = kind === VOLUME || kind === TICK_VOLUME;
    if (isVolume && <i32>load<u8>(p) === dot) {
      others &= others - 1;
      if (others === 0) return 0;
      p = base + <usize>ctz(others);
      decimals = p - whole - 1;
      if (decimals === 0) return 0;
    }
    const most = isVolume ? MOST_DOUBLE_DIGITS : MOST_INT_DIGITS;
    if (whole === first || whole - first + decimals > most) return 0;
    const amount = number(p, whole - first, decimals);
    if (!isVolume) store<i32>(spreads + (n << 2), <i32>amount);
    else {
      let value = <f64>amount;
      if (decimals > 0) value /= load<f64>(POWERS + (decimals << 3));
      store<f64>((kind === VOLUME ? volumes : tickVolumes) + (n << 3), value);
    }
  }

  let byte = <i32>load<u8>(p);
  if (byte === comma) while (byte !== end) byte = <i32>load<u8>(++p);
  else if (byte === RETURN && end !== RETURN) byte = <i32>load<u8>(++p);
  return byte === end ? p + 1 : 0;
}

/** Reads the price cells at `from`, a time before them; where they end, 0 = not ordinary. */
function readPrices(from: usize, told: u64, n: usize, digits: usize): usize {
  const comma = separator;
  const dot = point;
  let p = from;
  let base = from;
  let others = told;
  for (let side: usize = 0; side < sides; side++) {
    if (p - base > FAR) {
      base = p;
      others = nonDigits(p);
    }
    if (<i32>load<u8>(p) !== comma) return 0;
    others &= others - 1;
    if (others === 0) return 0;
    const first = p + 1;
    const whole = base + <usize>ctz(others);
    let decimals: usize = 0;
    p = whole;
    if (<i32>load<u8>(p) === dot) {
      others &= others - 1;
      if (others === 0) return 0;
      p = base + <usize>ctz(others);
      decimals = p - whole - 1;
      if (decimals === 0) return 0;
    }
    if (whole === first || whole - first + max(decimals, digits) > MOST_INT_DIGITS) return 0;
    let points = <i32>number(p, whole - first, decimals);
    if (decimals < digits) points *= <i32>load<f64>(POWERS + ((digits - decimals) << 3));
    else if (decimals > digits) {
      // Zeros beyond the scale change nothing; another digit there needs a finer one.
      const excess = <i32>load<f64>(POWERS + ((decimals - digits) << 3));
      if (points % excess !== 0) return 0;
      points /= excess;
    }
    store<i32>(prices + side * columnBytes + (n << 2), points);
    noteCell(side, first - from, whole - from, p - from);
  }
  if (!isPossible(prices + (n << 2))) return 0;
  if (sides === 8) return isAskPossible(prices + (n << 2)) ? p : 0;
  learn(from, told, digits, POWERS);
  return p;
}

/** Open, high, low, close. */
function isPossibleBar(points: v128): bool {
  const high = v128.shuffle<i32>(points, points, 1, 1, 1, 1);
  const low = v128.shuffle<i32>(points, points, 2, 2, 2, 2);
  return i32x4.all_true(v128.and(i32x4.le_s(low, points), i32x4.ge_s(high, points)));
}

function isPossible(open: usize): bool {
  const high = load<i32>(open + columnBytes);
  const low = load<i32>(open + columnBytes * 2);
  const close = load<i32>(open + columnBytes * 3);
  const first = load<i32>(open);
  return low <= first && low <= close && high >= first && high >= close;
}

/** Whether the ask holds together and lies nowhere below the bid. */
function isAskPossible(bid: usize): bool {
  const ask = bid + columnBytes * 4;
  if (!isPossible(ask)) return false;
  for (let k: usize = 0; k < 4; k++) {
    if (load<i32>(ask + k * columnBytes) < load<i32>(bid + k * columnBytes)) return false;
  }
  return true;
}

export { setTime } from './time';
