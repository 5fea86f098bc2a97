/** Ranges, strengths and deviations of columns, bit for bit those of `core/indicators`. */
import { at, begins } from './averages';

/** Knuth's and Dekker's splitter, as in `core/indicators/window-sum.ts`. */
const SPLITTER: f64 = 134217729;

export function trueRange(out: usize, high: usize, low: usize, close: usize, bars: i32): void {
  store<f64>(out, load<f64>(high) - load<f64>(low));
  const end = (<usize>bars) << 3;
  let k: usize = 8;
  for (; k + 16 <= end; k += 16) {
    const before = v128.load(close + k - 8);
    const top = f64x2.max(v128.load(high + k), before);
    v128.store(out + k, f64x2.sub(top, f64x2.min(v128.load(low + k), before)));
  }
  if (k < end) {
    const before = load<f64>(close + k - 8);
    const top = max<f64>(load<f64>(high + k), before);
    store<f64>(out + k, top - min<f64>(load<f64>(low + k), before));
  }
}

/** Wilder's average of the true range; every bar has a value. */
export function averageRange(
  out: usize,
  high: usize,
  low: usize,
  close: usize,
  bars: i32,
  period: i32,
): void {
  const first = period - 1;
  if (!begins(out, first, bars)) return;
  let smoothed = load<f64>(high) - load<f64>(low);
  for (let i = 1; i <= first; i++) smoothed += rangeAt(high, low, close, (<usize>i) << 3);
  smoothed /= <f64>period;
  store<f64>(at(out, first), smoothed);
  const weight = 1 / <f64>period;
  const end = (<usize>bars) << 3;
  for (let k = (<usize>period) << 3; k < end; k += 8) {
    smoothed += weight * (rangeAt(high, low, close, k) - smoothed);
    store<f64>(out + k, smoothed);
  }
}

function rangeAt(high: usize, low: usize, close: usize, k: usize): f64 {
  const before = v128.load_splat<f64>(close + k - 8);
  const top = f64x2.pmax(v128.load_splat<f64>(high + k), before);
  const bottom = f64x2.pmin(v128.load_splat<f64>(low + k), before);
  return f64x2.extract_lane(f64x2.sub(top, bottom), 0);
}

export function strength(out: usize, values: usize, start: i32, bars: i32, period: i32): void {
  const first = start + period;
  if (!begins(out, first, bars)) return;
  let gain: f64 = 0;
  let loss: f64 = 0;
  for (let i = start + 1; i <= first; i++) {
    const change = load<f64>(at(values, i)) - load<f64>(at(values, i - 1));
    gain += 0.5 * (abs<f64>(change) + change);
    loss += 0.5 * (abs<f64>(change) - change);
  }
  gain /= <f64>period;
  loss /= <f64>period;
  store<f64>(at(out, first), strengthOf(gain, loss));
  const weight = 1 / <f64>period;
  const end = at(values, bars);
  let before = load<f64>(at(values, first));
  let to = at(out, first + 1);
  for (let from = at(values, first + 1); from < end; from += 8) {
    const value = load<f64>(from);
    const change = value - before;
    before = value;
    const size = abs<f64>(change);
    gain += weight * (0.5 * (size + change) - gain);
    loss += weight * (0.5 * (size - change) - loss);
    store<f64>(to, strengthOf(gain, loss));
    to += 8;
  }
}

function strengthOf(gain: f64, loss: f64): f64 {
  const moved = gain + loss;
  return moved > 0 ? atMostHundred((100 * gain) / moved) : 50;
}

/** Without a branch. */
function atMostHundred(share: f64): f64 {
  return f64x2.extract_lane(f64x2.pmin(f64x2.splat(share), f64x2.splat(100)), 0);
}

/** What the rounding of a × b loses, `product` being the rounded. */
export function lostOf(a: f64, b: f64, product: f64): f64 {
  const aWide = SPLITTER * a;
  const aHigh = aWide - (aWide - a);
  const aLow = a - aHigh;
  const bWide = SPLITTER * b;
  const bHigh = bWide - (bWide - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/**
 * Population deviation: Σx and Σx² over the window in twice the digits. Both sums are lanes of one
 * vector, high halves in one and low halves in another, so that nothing of them leaves registers.
 */
export function deviation(out: usize, values: usize, start: i32, bars: i32, period: i32): void {
  const first = start + period - 1;
  begins(out, first, bars);
  const origin = start < bars ? load<f64>(at(values, start)) : 0;
  const count = <f64>period;
  let highs = f64x2.splat(0);
  let lows = f64x2.splat(0);
  let equal = 0;
  let before: f64 = NaN;
  for (let i = start; i < bars; i++) {
    const value = load<f64>(at(values, i));
    equal = value === before ? equal + 1 : 1;
    before = value;
    const offset = value - origin;
    const square = offset * offset;
    // Adding nothing leaves a sum as it is.
    const news = f64x2(offset, square);
    let sums = f64x2.add(highs, news);
    let others = f64x2.sub(sums, highs);
    let lost = f64x2.add(
      f64x2.add(f64x2.sub(highs, f64x2.sub(sums, others)), f64x2.sub(news, others)),
      lows,
    );
    highs = f64x2.add(sums, lost);
    lows = f64x2.sub(lost, f64x2.sub(highs, sums));
    const fine = f64x2(0, lostOf(offset, offset, square));
    sums = f64x2.add(highs, fine);
    others = f64x2.sub(sums, highs);
    lost = f64x2.add(
      f64x2.add(f64x2.sub(highs, f64x2.sub(sums, others)), f64x2.sub(fine, others)),
      lows,
    );
    highs = f64x2.add(sums, lost);
    lows = f64x2.sub(lost, f64x2.sub(highs, sums));
    if (i < first) continue;
    const spread = equal >= period ? 0 : sqrt<f64>(variance(highs, lows, count));
    store<f64>(at(out, i), spread);
    const oldest = load<f64>(at(values, i - period + 1)) - origin;
    const gone = -(oldest * oldest);
    const olds = f64x2(-oldest, gone);
    sums = f64x2.add(highs, olds);
    others = f64x2.sub(sums, highs);
    lost = f64x2.add(
      f64x2.add(f64x2.sub(highs, f64x2.sub(sums, others)), f64x2.sub(olds, others)),
      lows,
    );
    highs = f64x2.add(sums, lost);
    lows = f64x2.sub(lost, f64x2.sub(highs, sums));
    const rest = f64x2(0, lostOf(oldest, -oldest, gone));
    sums = f64x2.add(highs, rest);
    others = f64x2.sub(sums, highs);
    lost = f64x2.add(
      f64x2.add(f64x2.sub(highs, f64x2.sub(sums, others)), f64x2.sub(rest, others)),
      lows,
    );
    highs = f64x2.add(sums, lost);
    lows = f64x2.sub(lost, f64x2.sub(highs, sums));
  }
}

/** (Σx² − (Σx)² ÷ n) ÷ n, the difference taken before anything is rounded. */
function variance(highs: v128, lows: v128, count: f64): f64 {
  const total = f64x2.extract_lane(highs, 0);
  const totalLow = f64x2.extract_lane(lows, 0);
  const squares = f64x2.extract_lane(highs, 1);
  const squaresLow = f64x2.extract_lane(lows, 1);
  const first = squares * count;
  const second = squaresLow * count;
  const third = total * -total;
  const fourth = total * (-2 * totalLow);
  // The sum begins with the first product: adding it to nothing is exact.
  let high = first;
  let low: f64 = 0;
  let term = lostOf(squares, count, first);
  let sum = high + term;
  let other = sum - high;
  let lost = high - (sum - other) + (term - other) + low;
  high = sum + lost;
  low = lost - (high - sum);
  term = second;
  sum = high + term;
  other = sum - high;
  lost = high - (sum - other) + (term - other) + low;
  high = sum + lost;
  low = lost - (high - sum);
  term = lostOf(squaresLow, count, second);
  sum = high + term;
  other = sum - high;
  lost = high - (sum - other) + (term - other) + low;
  high = sum + lost;
  low = lost - (high - sum);
  term = third;
  sum = high + term;
  other = sum - high;
  lost = high - (sum - other) + (term - other) + low;
  high = sum + lost;
  low = lost - (high - sum);
  term = lostOf(total, -total, third);
  sum = high + term;
  other = sum - high;
  lost = high - (sum - other) + (term - other) + low;
  high = sum + lost;
  low = lost - (high - sum);
  term = fourth;
  sum = high + term;
  other = sum - high;
  lost = high - (sum - other) + (term - other) + low;
  high = sum + lost;
  low = lost - (high - sum);
  term = lostOf(total, -2 * totalLow, fourth);
  sum = high + term;
  other = sum - high;
  lost = high - (sum - other) + (term - other) + low;
  high = sum + lost;
  return max<f64>(0, high) / (count * count);
}

/** Of 0 … 100; a range of nothing is 50. */
export function placeInRange(out: usize, close: usize, top: usize, bottom: usize, bars: i32): void {
  const end = (<usize>bars) << 3;
  for (let k: usize = 0; k < end; k += 8) {
    const least = load<f64>(bottom + k);
    const range = load<f64>(top + k) - least;
    const share = (100 * (load<f64>(close + k) - least)) / range;
    store<f64>(out + k, range === 0 ? 50 : atMostHundred(share));
  }
}

/** In percent of the value `period` bars before; from 0 it is 0. */
export function rateOfChange(out: usize, values: usize, bars: i32, period: i32): void {
  begins(out, period, bars);
  for (let i = period; i < bars; i++) {
    const before = load<f64>(at(values, i - period));
    const change = (100 * (load<f64>(at(values, i)) - before)) / before;
    store<f64>(at(out, i), before === 0 ? 0 : change);
  }
}

export function directions(
  plusOut: usize,
  minusOut: usize,
  indexOut: usize,
  highs: usize,
  lows: usize,
  ranges: usize,
  bars: i32,
  period: i32,
): void {
  const first = max<i32>(1, period - 1);
  begins(plusOut, first, bars);
  begins(minusOut, first, bars);
  begins(indexOut, first, bars);
  const keep = <f64>(period - 1) / <f64>period;
  const zeros = f64x2.splat(0);
  let range: f64 = 0;
  // The way up in one lane, the way down in the other.
  let moved = zeros;
  for (let i = 1; i < bars; i++) {
    const up = load<f64>(at(highs, i)) - load<f64>(at(highs, i - 1));
    const down = load<f64>(at(lows, i - 1)) - load<f64>(at(lows, i));
    const kept: f64 = i < period ? 1 : keep;
    range = range * kept + load<f64>(at(ranges, i));
    const ways = f64x2(up, down);
    const wins = v128.and(f64x2.gt(ways, f64x2(down, up)), f64x2.gt(ways, zeros));
    moved = f64x2.add(f64x2.mul(moved, f64x2.splat(kept)), v128.and(ways, wins));
    if (i < first) continue;
    const plus = f64x2.extract_lane(moved, 0);
    const minus = f64x2.extract_lane(moved, 1);
    store<f64>(at(plusOut, i), percent(plus, range));
    store<f64>(at(minusOut, i), percent(minus, range));
    store<f64>(at(indexOut, i), percent(abs<f64>(plus - minus), plus + minus));
  }
}

function percent(part: f64, whole: f64): f64 {
  return whole > 0 ? atMostHundred((100 * part) / whole) : 0;
}
