/** Fewer points for the same picture: every extreme of a long line survives. */

/**
 * The drawdown at each point: how far below the highest value so far, as a ratio ≤ 0.
 *
 * Zero where the peak is not positive: a fall from nothing has no ratio.
 */
export function underwater(equity: Float64Array): Float64Array {
  const out = new Float64Array(equity.length);
  let peak = -Infinity;
  for (let i = 0; i < out.length; i++) {
    const value = equity[i]!;
    if (value > peak) peak = value;
    else if (value < peak && peak > 0) out[i] = value / peak - 1;
  }
  return out;
}

export interface EquityPoint {
  /** Index of the bar whose close it is. */
  readonly bar: number;
  readonly ms: number;
  readonly equity: number;
  /** ≤ 0 */
  readonly drawdownRatio: number;
}

/** An equity curve in at most `limit` points: `keptIndices` of its values and its drawdown. */
export function equityPoints(
  timesMs: Float64Array,
  equity: Float64Array,
  limit: number,
): readonly EquityPoint[] {
  const falls = underwater(equity);
  return Array.from(keptIndices([equity, falls], limit), (i) => ({
    bar: i,
    ms: timesMs[i]!,
    equity: equity[i]!,
    drawdownRatio: falls[i]!,
  }));
}

/** Points of a curve that was thinned before, thinned once more. */
export function fewerPoints(points: readonly EquityPoint[], limit: number): readonly EquityPoint[] {
  const equity = Float64Array.from(points, (each) => each.equity);
  const falls = Float64Array.from(points, (each) => each.drawdownRatio);
  return Array.from(keptIndices([equity, falls], limit), (i) => points[i]!);
}

/**
 * Rising indices of at most `limit` points that keep, of each stretch, the lowest and highest
 * value of every line, and the first and last point of all. All indices when they are few.
 */
export function keptIndices(lines: readonly Float64Array[], limit: number): Int32Array {
  const length = lines[0]?.length ?? 0;
  if (length <= limit) return Int32Array.from({ length }, (_, i) => i);
  const buckets = Math.max(1, Math.floor((limit - 2) / (2 * lines.length)));
  const kept = new Set<number>([0, length - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * length) / buckets);
    const to = Math.floor(((bucket + 1) * length) / buckets);
    for (const line of lines) {
      let lowest = from;
      let highest = from;
      let low = line[from]!;
      let high = low;
      for (let i = from + 1; i < to; i++) {
        const value = line[i]!;
        if (value < low) [low, lowest] = [value, i];
        else if (value > high) [high, highest] = [value, i];
      }
      kept.add(lowest).add(highest);
    }
  }
  return Int32Array.from(kept).sort();
}
