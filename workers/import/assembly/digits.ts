/** Digits told from other bytes, and whole numbers out of them, many at a time. */

/** 16 bytes of 0, then 16 of 255: read from n on, the last n lanes are set. */
const RAMP: usize = 224;

/** A bit for each of the 64 bytes from `p` on, set where it is no digit. */
export function nonDigits(p: usize): u64 {
  return (
    nonDigits16(p) |
    (nonDigits16(p + 16) << 16) |
    (nonDigits16(p + 32) << 32) |
    (nonDigits16(p + 48) << 48)
  );
}

function nonDigits16(p: usize): u64 {
  // Moved by 80 the digits are the ten least of all signed bytes.
  const moved = i8x16.add(v128.load(p), i8x16.splat(80));
  return <u64>(<u32>i8x16.bitmask(i8x16.gt_s(moved, i8x16.splat(-119))));
}

/**
 * The digits before `end`, `whole` of them, a point, and `decimals`, as one whole number; there
 * is no point where there are no decimals. At most 16 digits in all.
 */
export function number(end: usize, whole: usize, decimals: usize): u64 {
  const right = v128.load(end - 16);
  // One byte further left, whole digits come to lie beside the decimals, over the point.
  const left = v128.load(end - 17);
  const isDecimal = v128.load(RAMP + (decimals === 0 ? 16 : decimals));
  const characters = v128.bitselect(right, left, isDecimal);
  const fours = fourDigits(v128.and(characters, v128.load(RAMP + whole + decimals)));
  const packed = i16x8.narrow_i32x4_u(fours, fours);
  const eights = i32x4.dot_i16x8_s(packed, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  const both = i64x2.extract_lane(eights, 0);
  return ((<u64>both) >> 32) + ((<u64>both) & 0xffffffff) * 100_000_000;
}

/** Four numbers of four digits each, of 16 characters; one that is 0 counts as the digit 0. */
export function fourDigits(characters: v128): v128 {
  const digits = v128.and(characters, i8x16.splat(15));
  const pairs = i16x8.add(
    i16x8.mul(v128.and(digits, i16x8.splat(255)), i16x8.splat(10)),
    i16x8.shr_u(digits, 8),
  );
  return i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
}
