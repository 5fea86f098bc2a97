/** How results added up in the order of closing: the sum, how far it fell from its peak, streaks. */
import { keptIndices } from '../statistics/equity-points.ts';

/** As many numbers each; few enough to draw. */
export interface TripCurve {
  readonly timesMs: Float64Array;
  readonly sums: Float64Array;
  /** How far below the highest sum so far, ≤ 0; the beginning, nothing, is the first peak. */
  readonly falls: Float64Array;
  /** Of all points, also of those that are not drawn; ≥ 0. */
  readonly deepestFall: number;
}

/** Begins at nothing, at the first closing. At most `limit` points keep every extreme. */
export function curveOf(timesMs: Float64Array, values: Float64Array, limit: number): TripCurve {
  const count = values.length;
  const sums = new Float64Array(count + 1);
  const falls = new Float64Array(count + 1);
  let [sum, peak, deepestFall] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    sum += values[i]!;
    peak = Math.max(peak, sum);
    sums[i + 1] = sum;
    falls[i + 1] = sum - peak;
    deepestFall = Math.max(deepestFall, peak - sum);
  }
  const kept = count === 0 ? new Int32Array() : keptIndices([sums, falls], limit);
  return {
    timesMs: Float64Array.from(kept, (i) => timesMs[Math.max(0, i - 1)]!),
    sums: Float64Array.from(kept, (i) => sums[i]!),
    falls: Float64Array.from(kept, (i) => falls[i]!),
    deepestFall,
  };
}

export interface Streaks {
  readonly longestWon: number;
  readonly longestLost: number;
  /** The one that goes on: > 0 so many won in a row, < 0 so many lost. */
  readonly now: number;
}

/** One that came to nothing ends either. */
export function streaksOf(values: Float64Array): Streaks {
  let [now, longestWon, longestLost] = [0, 0, 0];
  for (const value of values) {
    const sign = Math.sign(value);
    now = sign === 0 ? 0 : sign === Math.sign(now) ? now + sign : sign;
    longestWon = Math.max(longestWon, now);
    longestLost = Math.max(longestLost, -now);
  }
  return { longestWon, longestLost, now };
}
