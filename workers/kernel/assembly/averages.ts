/**
 * Moving averages, sums and extremes of columns, bit for bit those of `core/indicators`.
 *
 * `start` is the first bar with a value; there is one on every bar from there on. What lies
 * before the first value of the result is NaN.
 */
import { fillSeries } from './series';

/** As in `core/indicators/decimal-grid.ts`. */
const ROUNDER: f64 = 6755399441055744;

export function at(column: usize, i: i32): usize {
  return column + ((<usize>i) << 3);
}

/** Fills up to the first value; whether there is one. */
export function begins(out: usize, first: i32, bars: i32): bool {
  fillSeries(out, at(out, min<i32>(first, bars)), NaN);
  return first < bars;
}

/** The mean of points, `scale` of them in a unit: all values are on that grid. */
export function averagePoints(
  out: usize,
  values: usize,
  start: i32,
  bars: i32,
  period: i32,
  scale: f64,
): void {
  const first = start + period - 1;
  if (!begins(out, first, bars)) return;
  const divisor = scale * <f64>period;
  let sum: f64 = 0;
  for (let i = start; i <= first; i++) sum += load<f64>(at(values, i)) * scale + ROUNDER - ROUNDER;
  store<f64>(at(out, first), sum / divisor);
  const end = at(values, bars);
  const back = (<usize>period) << 3;
  let to = at(out, first + 1);
  for (let from = at(values, first + 1); from < end; from += 8) {
    const added = load<f64>(from) * scale + ROUNDER - ROUNDER;
    const removed = load<f64>(from - back) * scale + ROUNDER - ROUNDER;
    sum += added - removed;
    store<f64>(to, sum / divisor);
    to += 8;
  }
}

/** The sum in twice the digits, divided by `divisor`: as `WindowSum` of core adds it. */
export function windowSums(
  out: usize,
  values: usize,
  start: i32,
  bars: i32,
  period: i32,
  divisor: f64,
): void {
  const first = start + period - 1;
  begins(out, first, bars);
  const back = (<usize>(period - 1)) << 3;
  let high: f64 = 0;
  let low: f64 = 0;
  for (let i = start; i < bars; i++) {
    const value = load<f64>(at(values, i));
    let sum = high + value;
    let other = sum - high;
    let lost = high - (sum - other) + (value - other) + low;
    high = sum + lost;
    low = lost - (high - sum);
    if (i < first) continue;
    store<f64>(at(out, i), high / divisor);
    const oldest = -load<f64>(at(values, i) - back);
    sum = high + oldest;
    other = sum - high;
    lost = high - (sum - other) + (oldest - other) + low;
    high = sum + lost;
    low = lost - (high - sum);
  }
}

/** Exponential smoothing seeded with the mean of the first `period` values. */
export function smooth(
  out: usize,
  values: usize,
  start: i32,
  bars: i32,
  period: i32,
  weight: f64,
): void {
  const first = start + period - 1;
  if (!begins(out, first, bars)) return;
  let smoothed: f64 = 0;
  for (let i = start; i <= first; i++) smoothed += load<f64>(at(values, i));
  smoothed /= <f64>period;
  store<f64>(at(out, first), smoothed);
  const end = at(values, bars);
  let to = at(out, first + 1);
  for (let from = at(values, first + 1); from < end; from += 8) {
    smoothed += weight * (load<f64>(from) - smoothed);
    store<f64>(to, smoothed);
    to += 8;
  }
}

/**
 * Largest (`sign` 1) or smallest (−1) of the last `period` values: best so far from the left and
 * from the right of stretches of `period` bars. `scratch` has room for a value a bar of one.
 */
export function extreme(
  out: usize,
  values: usize,
  start: i32,
  bars: i32,
  period: i32,
  sign: f64,
  scratch: usize,
): void {
  const first = start + period - 1;
  begins(out, first, bars);
  const signs = f64x2.splat(sign);
  for (let left = start; left < bars; left += period) {
    const right = min<i32>(left + period, bars);
    let best = f64x2.splat(-Infinity);
    for (let i = left; i < right; i++) {
      best = f64x2.pmax(best, f64x2.mul(signs, v128.load_splat<f64>(at(values, i))));
      if (i < first) continue;
      // Of the stretch before, what the window still holds lies to the right of here.
      const place = i - left + 1;
      const whole =
        place < period && left > start
          ? f64x2.pmax(v128.load_splat<f64>(at(scratch, place)), best)
          : best;
      store<f64>(at(out, i), f64x2.extract_lane(f64x2.mul(signs, whole), 0));
    }
    if (right === bars) return;
    best = f64x2.splat(-Infinity);
    for (let i = right - 1; i >= left; i--) {
      best = f64x2.pmax(best, f64x2.mul(signs, v128.load_splat<f64>(at(values, i))));
      store<f64>(at(scratch, i - left), f64x2.extract_lane(best, 0));
    }
  }
}
