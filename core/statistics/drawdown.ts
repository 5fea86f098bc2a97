/** Falls of equity from its peak, and the dips between two peaks. */

export interface Dip {
  /** Deepest point, 0 … 1 of the peak. */
  readonly depthRatio: number;
  readonly durationMs: number;
}

/**
 * The deepest fall from the peak, and every dip: what lies between two bars without
 * drawdown that are not neighbours. The last bar counts as one of these, recovered or not.
 *
 * Source: backtesting.py, `_stats.compute_drawdown_duration_peaks`.
 */
export function drawdowns(
  equity: Float64Array,
  timesMs: Float64Array,
): { readonly maxDrawdownRatio: number; readonly dips: readonly Dip[] } {
  const dips: Dip[] = [];
  const last = equity.length - 1;
  let peak = equity[0]!;
  let peakBar = 0;
  let depthRatio = 0;
  let maxDrawdownRatio = 0;
  for (let i = 0; i <= last; i++) {
    const value = equity[i]!;
    if (value > peak) peak = value;
    const ratio = value === peak ? 0 : 1 - value / peak;
    if (ratio > depthRatio) depthRatio = ratio;
    if (ratio !== 0 && i !== last) continue;
    if (i > peakBar + 1) dips.push({ depthRatio, durationMs: timesMs[i]! - timesMs[peakBar]! });
    if (depthRatio > maxDrawdownRatio) maxDrawdownRatio = depthRatio;
    peakBar = i;
    depthRatio = 0;
  }
  return { maxDrawdownRatio, dips };
}
