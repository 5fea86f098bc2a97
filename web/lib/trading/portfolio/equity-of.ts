/** An account's equity as the chart of a run's equity takes it, with the fall from its peak. */
import type { EquityPoint } from '#core/statistics/equity-points.ts';
import type { EquityPoint as SeenPoint } from '#core/broker/views.ts';

/** Times rise strictly there: of two in one second the later stays. */
export function equityOf(points: readonly SeenPoint[]): readonly EquityPoint[] {
  let peak = -Infinity;
  const rising = points.filter(
    ({ atMs }, at) => Math.floor(atMs / 1_000) !== Math.floor((points[at + 1]?.atMs ?? 0) / 1_000),
  );
  return rising.map(({ atMs, equity }, bar) => {
    peak = Math.max(peak, equity);
    const drawdownRatio = peak > 0 ? Math.min(0, equity / peak - 1) : 0;
    return { bar, ms: atMs, equity, drawdownRatio };
  });
}
