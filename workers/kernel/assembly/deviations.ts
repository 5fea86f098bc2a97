/** Distances from a mean in mean absolute deviations, bit for bit those of `core/indicators/cci.ts`. */
import { at } from './averages';

const SHARE: f64 = 0.015;
/** Bars at a time, each of which adds up its own window in order. */
const BARS_ABREAST: i32 = 8;

/** `out` holds the means of the `period` values up to each bar, and then the distances. */
export function meanDistances(out: usize, values: usize, bars: i32, period: i32): void {
  let i = period - 1;
  for (; i + BARS_ABREAST <= bars; i += BARS_ABREAST) distancesAbreast(out, values, i, period);
  for (; i < bars; i++) {
    const mean = load<f64>(at(out, i));
    let away: f64 = 0;
    for (let j = i - period + 1; j <= i; j++) away += abs<f64>(load<f64>(at(values, j)) - mean);
    const distance = load<f64>(at(values, i)) - mean;
    store<f64>(at(out, i), distance / ((SHARE * away) / <f64>period));
  }
  clearStill(out, values, bars, period);
}

function distancesAbreast(out: usize, values: usize, i: i32, period: i32): void {
  const to = at(out, i);
  const means0 = v128.load(to);
  const means1 = v128.load(to, 16);
  const means2 = v128.load(to, 32);
  const means3 = v128.load(to, 48);
  let away0 = f64x2.splat(0);
  let away1 = f64x2.splat(0);
  let away2 = f64x2.splat(0);
  let away3 = f64x2.splat(0);
  const end = at(values, i);
  for (let from = at(values, i - period + 1); from <= end; from += 8) {
    away0 = f64x2.add(away0, f64x2.abs(f64x2.sub(v128.load(from), means0)));
    away1 = f64x2.add(away1, f64x2.abs(f64x2.sub(v128.load(from, 16), means1)));
    away2 = f64x2.add(away2, f64x2.abs(f64x2.sub(v128.load(from, 32), means2)));
    away3 = f64x2.add(away3, f64x2.abs(f64x2.sub(v128.load(from, 48), means3)));
  }
  v128.store(to, distances(v128.load(end), means0, away0, period));
  v128.store(to, distances(v128.load(end, 16), means1, away1, period), 16);
  v128.store(to, distances(v128.load(end, 32), means2, away2, period), 32);
  v128.store(to, distances(v128.load(end, 48), means3, away3, period), 48);
}

function distances(values: v128, means: v128, away: v128, period: i32): v128 {
  const share = f64x2.mul(f64x2.splat(SHARE), away);
  return f64x2.div(f64x2.sub(values, means), f64x2.div(share, f64x2.splat(<f64>period)));
}

/** Where nothing moved over the whole window there is no distance. */
function clearStill(out: usize, values: usize, bars: i32, period: i32): void {
  let equal = 0;
  let before: f64 = NaN;
  for (let i = 0; i < bars; i++) {
    const value = load<f64>(at(values, i));
    equal = value === before ? equal + 1 : 1;
    before = value;
    if (equal >= period && i >= period - 1) store<f64>(at(out, i), 0);
  }
}
