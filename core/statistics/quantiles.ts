/** Quantiles and tail means of values that are sorted already. */
import { mean } from './moments.ts';

/**
 * The value below which `share` of the values lie, between neighbours in proportion; null of
 * nothing. Source: Hyndman and Fan 1996, type 7; NumPy, `percentile`.
 */
export function quantile(sorted: Float64Array, share: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below);
}

/** Mean of the lowest floor((n − 1) × share) + 1 values; null of nothing. */
export function tailMean(sorted: Float64Array, share: number): number | null {
  return mean(sorted.subarray(0, Math.floor((sorted.length - 1) * share) + 1));
}
