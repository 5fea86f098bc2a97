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
  const share = (100 * gain) / moved;
  return moved > 0 ? (share > 100 ? 100 : share) : 50;
}

/** A sum in twice the digits. */
let high: f64 = 0;
let low: f64 = 0;

function add(value: f64): void {
  const sum = high + value;
  const other = sum - high;
  const lost = high - (sum - other) + (value - other) + low;
  high = sum + lost;
  low = lost - (high - sum);
}

/** What the rounding of a × b loses, `product` being the rounded. */
function lostOf(a: f64, b: f64, product: f64): f64 {
  const aWide = SPLITTER * a;
  const aHigh = aWide - (aWide - a);
  const aLow = a - aHigh;
  const bWide = SPLITTER * b;
  const bHigh = bWide - (bWide - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

function addProduct(a: f64, b: f64): void {
  const product = a * b;
  add(product);
  add(lostOf(a, b, product));
}

export function deviation(out: usize, values: usize, start: i32, bars: i32, period: i32): void {
  const first = start + period - 1;
  begins(out, first, bars);
  const origin = start < bars ? load<f64>(at(values, start)) : 0;
  const count = <f64>period;
  let totalHigh: f64 = 0;
  let totalLow: f64 = 0;
  let squaresHigh: f64 = 0;
  let squaresLow: f64 = 0;
  let equal = 0;
  let before: f64 = NaN;
  for (let i = start; i < bars; i++) {
    const value = load<f64>(at(values, i));
    equal = value === before ? equal + 1 : 1;
    before = value;
    const offset = value - origin;
    high = totalHigh;
    low = totalLow;
    add(offset);
    totalHigh = high;
    totalLow = low;
    high = squaresHigh;
    low = squaresLow;
    addProduct(offset, offset);
    squaresHigh = high;
    squaresLow = low;
    if (i < first) continue;
    const spread = sqrt<f64>(variance(totalHigh, totalLow, squaresHigh, squaresLow, count));
    store<f64>(at(out, i), equal >= period ? 0 : spread);
    const oldest = load<f64>(at(values, i - period + 1)) - origin;
    high = totalHigh;
    low = totalLow;
    add(-oldest);
    totalHigh = high;
    totalLow = low;
    high = squaresHigh;
    low = squaresLow;
    addProduct(oldest, -oldest);
    squaresHigh = high;
    squaresLow = low;
  }
}

function variance(
  totalHigh: f64,
  totalLow: f64,
  squaresHigh: f64,
  squaresLow: f64,
  count: f64,
): f64 {
  high = 0;
  low = 0;
  addProduct(squaresHigh, count);
  addProduct(squaresLow, count);
  addProduct(totalHigh, -totalHigh);
  addProduct(totalHigh, -2 * totalLow);
  return max<f64>(0, high) / (count * count);
}

/** Of 0 … 100; a range of nothing is 50. */
export function placeInRange(out: usize, close: usize, top: usize, bottom: usize, bars: i32): void {
  const end = (<usize>bars) << 3;
  for (let k: usize = 0; k < end; k += 8) {
    const least = load<f64>(bottom + k);
    const range = load<f64>(top + k) - least;
    const share = (100 * (load<f64>(close + k) - least)) / range;
    store<f64>(out + k, range === 0 ? 50 : share > 100 ? 100 : share);
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
  let range: f64 = 0;
  let plus: f64 = 0;
  let minus: f64 = 0;
  for (let i = 1; i < bars; i++) {
    const up = load<f64>(at(highs, i)) - load<f64>(at(highs, i - 1));
    const down = load<f64>(at(lows, i - 1)) - load<f64>(at(lows, i));
    const kept: f64 = i < period ? 1 : keep;
    range = range * kept + load<f64>(at(ranges, i));
    plus = plus * kept + (up > down ? (up > 0 ? up : 0) : 0);
    minus = minus * kept + (down > up ? (down > 0 ? down : 0) : 0);
    if (i < first) continue;
    store<f64>(at(plusOut, i), percent(plus, range));
    store<f64>(at(minusOut, i), percent(minus, range));
    store<f64>(at(indexOut, i), percent(abs<f64>(plus - minus), plus + minus));
  }
}

function percent(part: f64, whole: f64): f64 {
  const share = (100 * part) / whole;
  return whole > 0 ? (share > 100 ? 100 : share) : 0;
}
