/**
 * The loops that hold a position, four bars at a time.
 *
 * Equity is written for all four; the loop leaves at the first that meets a level, ruin or a
 * signal of `mask`, and what was written beyond it is written again. `lower` is a long's stop
 * and a short's target, so that one loop holds both sides. Both answer the bar they left at,
 * `until` where nothing was met.
 */
import { CLOSE, HIGH, LOW, columnBytes, equity, flags, scale } from './columns';
import { pointsAbove, pointsBelow } from './levels';

const EVERY_BYTE: i32 = 0x01010101;

export function holdPoints(
  columns: usize,
  from: i32,
  until: i32,
  lower: f64,
  upper: f64,
  mask: i32,
  cash: f64,
  units: f64,
  openPrice: f64,
): i32 {
  const high = columns + columnBytes * HIGH;
  const low = columns + columnBytes * LOW;
  const close = columns + columnBytes * CLOSE;
  const values = equity;
  const signals = flags;
  const divisor = scale;
  const lowest = pointsBelow(lower);
  const highest = pointsAbove(upper);
  const lowests = i32x4.splat(lowest);
  const highests = i32x4.splat(highest);
  const cashes = f64x2.splat(cash);
  const sizes = f64x2.splat(units);
  const opens = f64x2.splat(openPrice);
  const divisors = f64x2.splat(divisor);
  const zeros = f64x2.splat(0);
  const masks = mask * EVERY_BYTE;
  let i = from;
  for (; i + 4 <= until; i += 4) {
    const at = (<usize>i) << 2;
    const points = v128.load(close + at);
    const upperHalf = v128.shuffle<i64>(points, points, 1, 1);
    const first = f64x2.div(f64x2.convert_low_i32x4_s(points), divisors);
    const second = f64x2.div(f64x2.convert_low_i32x4_s(upperHalf), divisors);
    const firstValues = f64x2.add(cashes, f64x2.mul(sizes, f64x2.sub(first, opens)));
    const secondValues = f64x2.add(cashes, f64x2.mul(sizes, f64x2.sub(second, opens)));
    v128.store(values + (at << 1), firstValues);
    v128.store(values + (at << 1), secondValues, 16);
    const level = v128.or(
      i32x4.le_s(v128.load(low + at), lowests),
      i32x4.ge_s(v128.load(high + at), highests),
    );
    const ruin = v128.shuffle<i32>(
      f64x2.le(firstValues, zeros),
      f64x2.le(secondValues, zeros),
      0,
      2,
      4,
      6,
    );
    const hits = v128.or(level, ruin);
    const signal = load<u32>(signals + <usize>i) & masks;
    if (v128.any_true(hits) || signal !== 0) {
      return i + min<i32>(ctz<i32>(i32x4.bitmask(hits) | 16), ctz<i32>(signal) >> 3);
    }
  }
  for (; i < until; i++) {
    const at = (<usize>i) << 2;
    const value = cash + units * (<f64>load<i32>(close + at) / divisor - openPrice);
    store<f64>(values + (at << 1), value);
    if (
      load<i32>(low + at) <= lowest ||
      load<i32>(high + at) >= highest ||
      value <= 0 ||
      ((<i32>load<u8>(signals + <usize>i)) & mask) !== 0
    ) {
      return i;
    }
  }
  return until;
}

export function holdPrices(
  columns: usize,
  from: i32,
  until: i32,
  lower: f64,
  upper: f64,
  mask: i32,
  cash: f64,
  units: f64,
  openPrice: f64,
): i32 {
  const high = columns + columnBytes * HIGH;
  const low = columns + columnBytes * LOW;
  const close = columns + columnBytes * CLOSE;
  const values = equity;
  const signals = flags;
  const lowers = f64x2.splat(lower);
  const uppers = f64x2.splat(upper);
  const cashes = f64x2.splat(cash);
  const sizes = f64x2.splat(units);
  const opens = f64x2.splat(openPrice);
  const zeros = f64x2.splat(0);
  const masks = mask * EVERY_BYTE;
  let i = from;
  for (; i + 4 <= until; i += 4) {
    const at = (<usize>i) << 3;
    const first = f64x2.add(cashes, f64x2.mul(sizes, f64x2.sub(v128.load(close + at), opens)));
    const second = f64x2.add(cashes, f64x2.mul(sizes, f64x2.sub(v128.load(close + at, 16), opens)));
    v128.store(values + at, first);
    v128.store(values + at, second, 16);
    const firstHits = v128.or(
      v128.or(f64x2.le(v128.load(low + at), lowers), f64x2.ge(v128.load(high + at), uppers)),
      f64x2.le(first, zeros),
    );
    const secondHits = v128.or(
      v128.or(
        f64x2.le(v128.load(low + at, 16), lowers),
        f64x2.ge(v128.load(high + at, 16), uppers),
      ),
      f64x2.le(second, zeros),
    );
    const signal = load<u32>(signals + <usize>i) & masks;
    if (v128.any_true(v128.or(firstHits, secondHits)) || signal !== 0) {
      const hits = i64x2.bitmask(firstHits) | (i64x2.bitmask(secondHits) << 2) | 16;
      return i + min<i32>(ctz<i32>(hits), ctz<i32>(signal) >> 3);
    }
  }
  for (; i < until; i++) {
    const at = (<usize>i) << 3;
    const value = cash + units * (load<f64>(close + at) - openPrice);
    store<f64>(values + at, value);
    if (
      load<f64>(low + at) <= lower ||
      load<f64>(high + at) >= upper ||
      value <= 0 ||
      ((<i32>load<u8>(signals + <usize>i)) & mask) !== 0
    ) {
      return i;
    }
  }
  return until;
}
