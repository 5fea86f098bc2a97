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
    peak = Math.max(peak, equity[i]!);
    out[i] = peak > 0 ? Math.min(0, equity[i]! / peak - 1) : 0;
  }
  return out;
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
      for (let i = from + 1; i < to; i++) {
        if (line[i]! < line[lowest]!) lowest = i;
        if (line[i]! > line[highest]!) highest = i;
      }
      kept.add(lowest).add(highest);
    }
  }
  return Int32Array.from(kept).sort();
}
