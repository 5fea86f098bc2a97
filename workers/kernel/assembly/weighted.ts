/** The linearly weighted average of columns, bit for bit that of `core/indicators/wma.ts`. */
import { at, begins } from './averages';
import { lostOf } from './oscillators';

/**
 * The plain and the weighted sum are lanes of one vector, both in twice the digits: high halves in
 * one and low halves in another. A value that leaves takes the plain sum off the weighted one.
 */
export function weightedAverage(
  out: usize,
  values: usize,
  start: i32,
  bars: i32,
  period: i32,
): void {
  const first = start + period - 1;
  begins(out, first, bars);
  const divisor = (<f64>period * (<f64>period + 1)) / 2;
  let highs = f64x2.splat(0);
  let lows = f64x2.splat(0);
  for (let i = start; i < bars; i++) {
    const value = load<f64>(at(values, i));
    const isFull = i > first;
    const weight = isFull ? <f64>period : <f64>(i - start + 1);
    const product = weight * value;
    const oldest = isFull ? load<f64>(at(values, i - period)) : 0;
    const plain = f64x2.extract_lane(highs, 0);
    const plainLow = f64x2.extract_lane(lows, 0);
    // Adding nothing leaves a sum as it is.
    let news = f64x2(-oldest, product);
    let sums = f64x2.add(highs, news);
    let lost = lostPair(highs, lows, news, sums);
    highs = f64x2.add(sums, lost);
    lows = f64x2.sub(lost, f64x2.sub(highs, sums));
    news = f64x2(value, lostOf(weight, value, product));
    sums = f64x2.add(highs, news);
    lost = lostPair(highs, lows, news, sums);
    highs = f64x2.add(sums, lost);
    lows = f64x2.sub(lost, f64x2.sub(highs, sums));
    if (isFull) {
      news = f64x2(0, -plain);
      sums = f64x2.add(highs, news);
      lost = lostPair(highs, lows, news, sums);
      highs = f64x2.add(sums, lost);
      lows = f64x2.sub(lost, f64x2.sub(highs, sums));
      news = f64x2(0, -plainLow);
      sums = f64x2.add(highs, news);
      lost = lostPair(highs, lows, news, sums);
      highs = f64x2.add(sums, lost);
      lows = f64x2.sub(lost, f64x2.sub(highs, sums));
    }
    if (i >= first) store<f64>(at(out, i), f64x2.extract_lane(highs, 1) / divisor);
  }
}

/** What the rounding of both sums loses, and what was lost before. */
function lostPair(highs: v128, lows: v128, news: v128, sums: v128): v128 {
  const others = f64x2.sub(sums, highs);
  const kept = f64x2.sub(highs, f64x2.sub(sums, others));
  return f64x2.add(f64x2.add(kept, f64x2.sub(news, others)), lows);
}
