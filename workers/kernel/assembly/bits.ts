/**
 * Conditions as bitsets, one bit a bar, 64 bars a word, 0 beyond the last bar.
 *
 * Columns have room for whole words and end in NaN. A number is a column of 64 bars that is read
 * again and again: its step from word to word is 0.
 */

/** Bit k is set where lane k of the four masks is. */
function bitsOfMasks(a: v128, b: v128, c: v128, d: v128): u64 {
  return <u64>(
    i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)))
  );
}

function above16(a: usize, b: usize): u64 {
  return bitsOfMasks(
    f32x4.gt(v128.load(a), v128.load(b)),
    f32x4.gt(v128.load(a, 16), v128.load(b, 16)),
    f32x4.gt(v128.load(a, 32), v128.load(b, 32)),
    f32x4.gt(v128.load(a, 48), v128.load(b, 48)),
  );
}

function above64(a: usize, b: usize): u64 {
  return (
    above16(a, b) |
    (above16(a + 64, b + 64) << 16) |
    (above16(a + 128, b + 128) << 32) |
    (above16(a + 192, b + 192) << 48)
  );
}

function exact4(a: usize, b: usize): v128 {
  return v128.shuffle<i32>(
    f64x2.gt(v128.load(a), v128.load(b)),
    f64x2.gt(v128.load(a, 16), v128.load(b, 16)),
    0,
    2,
    4,
    6,
  );
}

function exactAbove64(a: usize, b: usize): u64 {
  let word: u64 = 0;
  for (let k: usize = 0; k < 4; k++) {
    const x = a + (k << 7);
    const y = b + (k << 7);
    const bits = bitsOfMasks(
      exact4(x, y),
      exact4(x + 32, y + 32),
      exact4(x + 64, y + 64),
      exact4(x + 96, y + 96),
    );
    word |= bits << ((<u64>k) << 4);
  }
  return word;
}

function equal64(a: usize, b: usize): u64 {
  let word: u64 = 0;
  for (let k: usize = 0; k < 64; k += 2) {
    const same = f64x2.eq(v128.load(a + (k << 3)), v128.load(b + (k << 3)));
    word |= (<u64>i64x2.bitmask(same)) << (<u64>k);
  }
  return word;
}

/** Where a lies above b, below it, and on it: three bitsets; nowhere at NaN. */
export function signs(
  above: usize,
  below: usize,
  same: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  words: i32,
): void {
  for (let w = 0; w < words; w++) {
    const at = (<usize>w) << 3;
    const more = exactAbove64(a, b);
    const less = exactAbove64(b, a);
    store<u64>(above + at, more);
    store<u64>(below + at, less);
    store<u64>(same + at, (more | less) === ~(<u64>0) ? 0 : equal64(a, b));
    a += aStep;
    b += bStep;
  }
}

/**
 * The same, read off the columns in single precision: rounding keeps the order, so that only
 * words with a tie or a NaN are looked at in full.
 */
export function signsOfShadows(
  above: usize,
  below: usize,
  same: usize,
  aShadow: usize,
  bShadow: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  words: i32,
): void {
  for (let w = 0; w < words; w++) {
    const at = (<usize>w) << 3;
    let more = above64(aShadow, bShadow);
    let less = above64(bShadow, aShadow);
    let on: u64 = 0;
    if ((more | less) !== ~(<u64>0)) {
      more = exactAbove64(a, b);
      less = exactAbove64(b, a);
      on = equal64(a, b);
    }
    store<u64>(above + at, more);
    store<u64>(below + at, less);
    store<u64>(same + at, on);
    aShadow += aStep >> 1;
    bShadow += bStep >> 1;
    a += aStep;
    b += bStep;
  }
}

/**
 * Signs of a against middle + factor × width, read off `distances` against the factor: where they
 * are nearer than a margin, or no number, the band itself is computed, in 512 bytes at `scratch`.
 */
export function signsOfBand(
  above: usize,
  below: usize,
  same: usize,
  distances: usize,
  a: usize,
  aStep: usize,
  middle: usize,
  width: usize,
  factor: f64,
  scratch: usize,
  words: i32,
): void {
  const margin = 1e-5 * (1 + abs<f64>(factor));
  const high = scratch + 512;
  const low = scratch + 768;
  for (let k: usize = 0; k < 256; k += 4) {
    store<f32>(high + k, <f32>(factor + margin));
    store<f32>(low + k, <f32>(factor - margin));
  }
  for (let w = 0; w < words; w++) {
    const at = (<usize>w) << 3;
    let more = above64(distances, high);
    let less = above64(low, distances);
    let on: u64 = 0;
    if ((more | less) !== ~(<u64>0)) {
      bandOf(scratch, middle, width, factor, 1);
      more = exactAbove64(a, scratch);
      less = exactAbove64(scratch, a);
      on = equal64(a, scratch);
    }
    store<u64>(above + at, more);
    store<u64>(below + at, less);
    store<u64>(same + at, on);
    distances += 256;
    a += aStep;
    middle += 512;
    width += 512;
  }
}

/** middle + factor × width, rounded as an indicator with a band rounds it. */
export function bandOf(out: usize, middle: usize, width: usize, factor: f64, words: i32): void {
  const factors = f64x2.splat(factor);
  const end = (<usize>words) << 9;
  for (let k: usize = 0; k < end; k += 16) {
    const away = f64x2.mul(factors, v128.load(width + k));
    v128.store(out + k, f64x2.add(v128.load(middle + k), away));
  }
}

/**
 * (a − middle) ÷ width in single precision, which only `signsOfBand` may read. No number where
 * the width is so small that the rounding of the band would show in it.
 */
export function distancesOf(
  out: usize,
  a: usize,
  aStep: usize,
  middle: usize,
  width: usize,
  words: i32,
): void {
  const hair = f64x2.splat(1e-9);
  const none = f64x2.splat(NaN);
  for (let w = 0; w < words; w++) {
    for (let k: usize = 0; k < 512; k += 16) {
      const value = v128.load(a + k);
      const line = v128.load(middle + k);
      const room = v128.load(width + k);
      const least = f64x2.mul(hair, f64x2.add(f64x2.abs(value), f64x2.abs(line)));
      const ratio = f64x2.div(f64x2.sub(value, line), room);
      const sure = v128.bitselect(ratio, none, f64x2.gt(room, least));
      store<i64>(out + (k >> 1), i64x2.extract_lane(f32x4.demote_f64x2_zero(sure), 0));
    }
    out += 256;
    a += aStep;
    middle += 512;
    width += 512;
  }
}

export function bitsAnd(out: usize, a: usize, b: usize, words: i32): void {
  const end = (<usize>words) << 3;
  for (let k: usize = 0; k < end; k += 8) store<u64>(out + k, load<u64>(a + k) & load<u64>(b + k));
}

export function bitsOr(out: usize, a: usize, b: usize, words: i32): void {
  const end = (<usize>words) << 3;
  for (let k: usize = 0; k < end; k += 8) store<u64>(out + k, load<u64>(a + k) | load<u64>(b + k));
}

export function bitsWithout(out: usize, a: usize, b: usize, words: i32): void {
  const end = (<usize>words) << 3;
  for (let k: usize = 0; k < end; k += 8) store<u64>(out + k, load<u64>(a + k) & ~load<u64>(b + k));
}

export function bitsNot(out: usize, a: usize, bars: i32): void {
  const whole = (<usize>(bars >> 6)) << 3;
  for (let k: usize = 0; k < whole; k += 8) store<u64>(out + k, ~load<u64>(a + k));
  const rest = <u64>(bars & 63);
  if (rest > 0) store<u64>(out + whole, ~load<u64>(a + whole) & (((<u64>1) << rest) - 1));
}

/** a on this bar and b on the bar before: `out` may be either. */
export function bitsAfter(out: usize, a: usize, b: usize, words: i32): void {
  let carried: u64 = 0;
  const end = (<usize>words) << 3;
  for (let k: usize = 0; k < end; k += 8) {
    const before = load<u64>(b + k);
    store<u64>(out + k, load<u64>(a + k) & ((before << 1) | carried));
    carried = before >> 63;
  }
}

/** a so many bars ago, 0 where there was none yet. */
export function bitsAgo(out: usize, a: usize, ago: i32, bars: i32): void {
  const words = (bars + 63) >> 6;
  const skipped = ago >> 6;
  const shift = <u64>(ago & 63);
  for (let w = words - 1; w >= 0; w--) {
    const from = w - skipped;
    const near = from >= 0 ? load<u64>(a + ((<usize>from) << 3)) << shift : 0;
    const far =
      shift > 0 && from >= 1 ? load<u64>(a + ((<usize>(from - 1)) << 3)) >> (64 - shift) : 0;
    store<u64>(out + ((<usize>w) << 3), near | far);
  }
  const rest = <u64>(bars & 63);
  const last = out + ((<usize>(words - 1)) << 3);
  if (rest > 0) store<u64>(last, load<u64>(last) & (((<u64>1) << rest) - 1));
}

/** One bit a bar of one byte a bar, 1 or 0, whose room is a whole number of words. */
export function bitsOfBytes(out: usize, bytes: usize, words: i32): void {
  const zeros = i8x16.splat(0);
  for (let w = 0; w < words; w++) {
    let word: u64 = 0;
    for (let k: usize = 0; k < 64; k += 16) {
      const set = i8x16.ne(v128.load(bytes + k), zeros);
      word |= (<u64>i8x16.bitmask(set)) << (<u64>k);
    }
    store<u64>(out + ((<usize>w) << 3), word);
    bytes += 64;
  }
}

/** One byte a bar, 1 or 0. */
export function bytesOfBits(out: usize, bits: usize, words: i32): void {
  const which = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const ones = i8x16.splat(1);
  for (let w = 0; w < words; w++) {
    for (let k: usize = 0; k < 8; k += 2) {
      const pair = i16x8.splat(load<i16>(bits + ((<usize>w) << 3) + k));
      const spread = i8x16.swizzle(pair, i8x16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
      const set = i8x16.eq(v128.and(spread, which), which);
      v128.store(out + (k << 3), v128.and(set, ones));
    }
    out += 64;
  }
}
