/**
 * Prices whose digits stand where they stood in the rows before: the four of a bar in one go.
 *
 * A shape is learnt from the second row in succession that has it. It holds while all that is no
 * digit is the same, byte for byte, up to what ends the last price.
 */
import { fourDigits } from './digits';

/** 48 bytes that stay, then which of them must; then picks of two prices each, then scales. */
const BYTES: usize = 512;
const MUST: usize = 560;
const FIRST_PICK: usize = 608;
const LAST_PICK: usize = 624;
const SCALES: usize = 640;
/** Where each price began, where its whole digits ended, and where it did: offsets from the cells. */
const CELLS: usize = 656;
const WIDTH: usize = 16;
const MOST_DIGITS: usize = 8;

/** Bytes from the end of the time to that of the last price. */
export let shapeEnd: usize = 0;

let bits: u64 = 0;
/** 0 = no shape is known. */
let mask: u64 = 0;
let candidate: u64 = 0;
let firstAt: usize = 0;
let lastAt: usize = 0;
let learntDigits: usize = 0;

/** Whether the cells at `p` have the shape; `others` tells which of their bytes are no digits. */
export function hasShape(p: usize, others: u64, digits: usize): bool {
  if (mask === 0 || (others & mask) !== bits || digits !== learntDigits) return false;
  const a = v128.and(v128.xor(v128.load(p), v128.load(BYTES)), v128.load(MUST));
  const b = v128.and(v128.xor(v128.load(p, 16), v128.load(BYTES, 16)), v128.load(MUST, 16));
  const c = v128.and(v128.xor(v128.load(p, 32), v128.load(BYTES, 32)), v128.load(MUST, 32));
  return !v128.any_true(v128.or(a, v128.or(b, c)));
}

/** Points of the four prices of the cells at `p`, which have the shape. */
export function shapedPrices(p: usize): v128 {
  const first = i8x16.swizzle(v128.load(p + firstAt), v128.load(FIRST_PICK));
  const last = i8x16.swizzle(v128.load(p + lastAt), v128.load(LAST_PICK));
  const fours = i16x8.narrow_i32x4_u(fourDigits(first), fourDigits(last));
  const points = i32x4.dot_i16x8_s(fours, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  return i32x4.mul(points, v128.load(SCALES));
}

/** Notes where a price of the row stood. */
export function noteCell(side: usize, first: usize, whole: usize, end: usize): void {
  const at = CELLS + side * 12;
  store<u32>(at, <u32>first);
  store<u32>(at, <u32>whole, 4);
  store<u32>(at, <u32>end, 8);
}

/** Learns the shape of the row whose four prices were noted, if the row before had it too. */
export function learn(p: usize, others: u64, digits: usize, scale: usize): void {
  const end = <usize>load<u32>(CELLS + 3 * 12, 8);
  if (end >= 3 * WIDTH) return;
  const upToEnd = ((<u64>2) << (<u64>end)) - 1;
  const seen = others & upToEnd;
  if (seen !== candidate) {
    candidate = seen;
    return;
  }
  mask = 0;
  firstAt = <usize>load<u32>(CELLS);
  lastAt = <usize>load<u32>(CELLS + 2 * 12);
  for (let side: usize = 0; side < 4; side++) {
    if (!learnPrice(side, digits, scale)) return;
  }
  for (let i: usize = 0; i < 3 * WIDTH; i++) {
    const stays = i <= end && ((seen >> (<u64>i)) & 1) !== 0;
    store<u8>(BYTES + i, load<u8>(p + i));
    store<u8>(MUST + i, stays ? 255 : 0);
  }
  shapeEnd = end;
  bits = seen;
  mask = upToEnd;
  learntDigits = digits;
}

/** False where the price is too long to be one of four. */
function learnPrice(side: usize, digits: usize, scale: usize): bool {
  const at = CELLS + side * 12;
  const first = <usize>load<u32>(at);
  const whole = <usize>load<u32>(at, 4);
  const end = <usize>load<u32>(at, 8);
  const decimals = end > whole ? end - whole - 1 : 0;
  const count = whole - first + decimals;
  const from = side < 2 ? firstAt : lastAt;
  if (count > MOST_DIGITS || decimals > digits || end - from > WIDTH) return false;
  const pick = (side < 2 ? FIRST_PICK : LAST_PICK) + (side & 1) * MOST_DIGITS;
  let place = first;
  for (let k: usize = 0; k < MOST_DIGITS; k++) {
    if (k + count < MOST_DIGITS) store<u8>(pick + k, 255);
    else {
      if (place === whole) place++;
      store<u8>(pick + k, <u8>(place++ - from));
    }
  }
  store<i32>(SCALES + (side << 2), <i32>load<f64>(scale + ((digits - decimals) << 3)));
  return true;
}

export function forgetShape(): void {
  mask = 0;
  candidate = 0;
}
