/** How often values fall into each of a row of equally wide bins. */

export interface Histogram {
  /** Lower edge of the first bin, a multiple of the width: zero is always an edge. */
  readonly from: number;
  readonly width: number;
  /** A bin holds its lower edge, not its upper one. */
  readonly counts: readonly number[];
  /** Values below the first and from the end of the last bin: the outliers. */
  readonly below: number;
  readonly above: number;
}

const steps = [1, 2, 5] as const;

/**
 * At most `mostBins` bins with a width of 1, 2 or 5 times a power of ten, over all but the
 * outermost 0.5 % of values on each side, which are only counted; null of nothing.
 */
export function histogram(values: Float64Array, mostBins: number): Histogram | null {
  if (values.length === 0) return null;
  const sorted = values.slice().sort();
  const cut = Math.floor(sorted.length * 0.005);
  const low = Math.min(0, sorted[cut]!);
  const high = Math.max(0, sorted[sorted.length - 1 - cut]!);
  const width = niceWidth(high - low, mostBins);
  const first = Math.floor(low / width);
  const counts = new Array<number>(Math.floor(high / width) - first + 1).fill(0);
  let below = 0;
  let above = 0;
  for (const value of sorted) {
    const bin = Math.floor(value / width) - first;
    if (bin < 0) below++;
    else if (bin >= counts.length) above++;
    else counts[bin]!++;
  }
  return { from: first * width, width, counts, below, above };
}

/** Two bins are left for the edges: the range seldom starts on a multiple of the width. */
function niceWidth(range: number, mostBins: number): number {
  if (!(range > 1e-12)) return 0.001;
  const least = range / (mostBins - 2);
  const power = 10 ** Math.floor(Math.log10(least));
  return (steps.find((step) => step * power >= least) ?? 10) * power;
}
