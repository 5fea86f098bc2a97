/** Arithmetic of whole columns in float64, as the operators of the rule language do it. */

/** As the loader numbers them. */
const PLUS: i32 = 0;
const MINUS: i32 = 1;
const TIMES: i32 = 2;
const OVER: i32 = 3;
const SMALLER: i32 = 4;

/** A number is a column of 64 bars: its step from word to word is 0. */
export function arithmetic(
  operator: i32,
  out: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  words: i32,
): void {
  if (operator === OVER) return divide(out, a, aStep, b, bStep, words);
  for (let w = 0; w < words; w++) {
    for (let k: usize = 0; k < 512; k += 16) {
      const x = v128.load(a + k);
      const y = v128.load(b + k);
      v128.store(
        out + k,
        operator === PLUS
          ? f64x2.add(x, y)
          : operator === MINUS
            ? f64x2.sub(x, y)
            : operator === TIMES
              ? f64x2.mul(x, y)
              : operator === SMALLER
                ? f64x2.min(x, y)
                : f64x2.max(x, y),
      );
    }
    out += 512;
    a += aStep;
    b += bStep;
  }
}

/** A division by zero keeps the value of the bar before. */
function divide(out: usize, a: usize, aStep: usize, b: usize, bStep: usize, words: i32): void {
  let last: f64 = NaN;
  for (let w = 0; w < words; w++) {
    for (let k: usize = 0; k < 512; k += 8) {
      const divisor = load<f64>(b + k);
      if (divisor !== 0) last = load<f64>(a + k) / divisor;
      store<f64>(out + k, last);
    }
    out += 512;
    a += aStep;
    b += bStep;
  }
}

export function absolute(out: usize, a: usize, words: i32): void {
  const end = (<usize>words) << 9;
  for (let k: usize = 0; k < end; k += 16) v128.store(out + k, f64x2.abs(v128.load(a + k)));
}

/** Every bar of a column, or the rest of one. */
export function fillSeries(from: usize, end: usize, value: f64): void {
  for (let at = from; at < end; at += 8) store<f64>(at, value);
}

/** A number as a column of 64 bars, followed by its shadow. */
export function placeNumber(at: usize, value: f64): void {
  fillSeries(at, at + 512, value);
  for (let k: usize = 512; k < 768; k += 4) store<f32>(at + k, <f32>value);
}

/** The column in single precision. */
export function shadowOf(out: usize, a: usize, words: i32): void {
  const end = (<usize>words) << 9;
  for (let k: usize = 0; k < end; k += 32) {
    const first = f32x4.demote_f64x2_zero(v128.load(a + k));
    const second = f32x4.demote_f64x2_zero(v128.load(a + k, 16));
    v128.store(out + (k >> 1), v128.shuffle<i64>(first, second, 0, 2));
  }
}

/** Index of the first value that is not NaN, `bars` where there is none. */
export function startOf(a: usize, bars: i32): i32 {
  let i = 0;
  while (i < bars && isNaN(load<f64>(a + ((<usize>i) << 3)))) i++;
  return i;
}

/** Whether a value is missing after the first. */
export function hasGap(a: usize, start: i32, bars: i32): bool {
  const end = a + ((<usize>bars) << 3);
  let from = a + ((<usize>start) << 3);
  let same = f64x2.splat(0);
  same = f64x2.eq(same, same);
  for (; from + 16 <= end; from += 16) {
    const values = v128.load(from);
    same = v128.and(same, f64x2.eq(values, values));
  }
  return !i64x2.all_true(same) || (from < end && isNaN(load<f64>(from)));
}
