/**
 * Where an instant lies among the bars of a chart, as a fraction of bars, and which instant a place
 * is; to the left of the first and the right of the last bar by the length of a bar.
 */
import { firstAtOrAfter } from '#core/market/months.ts';

export interface TimeAxis {
  readonly timesMs: Float64Array;
  readonly barMs: number;
}

/** Whole at the open of a bar; between two of them by how far it is. */
export function placeOf({ timesMs, barMs }: TimeAxis, ms: number): number {
  const count = timesMs.length;
  if (count === 0) return 0;
  const first = timesMs[0]!;
  const last = timesMs[count - 1]!;
  if (ms <= first) return (ms - first) / barMs;
  if (ms >= last) return count - 1 + (ms - last) / barMs;
  const next = firstAtOrAfter(timesMs, ms);
  const nextMs = timesMs[next]!;
  if (nextMs === ms) return next;
  const beforeMs = timesMs[next - 1]!;
  return next - 1 + (ms - beforeMs) / (nextMs - beforeMs);
}

/** The open of the bar at a whole place, or what it would be beyond those there are. */
export function msAt({ timesMs, barMs }: TimeAxis, place: number): number {
  const count = timesMs.length;
  const whole = Math.round(place);
  if (count === 0) return whole * barMs;
  if (whole < 0) return timesMs[0]! + whole * barMs;
  if (whole >= count) return timesMs[count - 1]! + (whole - count + 1) * barMs;
  return timesMs[whole]!;
}
