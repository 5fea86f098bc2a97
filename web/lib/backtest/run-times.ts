/** The times of a run's bars: its own timeline, or from the stored series as it is today. */
import { database } from '#lib/state/database.ts';
import type { RunArrays } from '#workers/store/database.ts';
import { loadBars } from '#workers/store/series.ts';
import { barTimes, type BarTimes, type RunSpan } from '#core/statistics/bar-times.ts';

export async function loadRunTimes(
  run: RunSpan & { readonly seriesId: string },
  { timelineMs, roundTrips }: RunArrays,
): Promise<BarTimes> {
  if (timelineMs) return { timesMs: timelineMs, exact: true };
  const bars = await loadBars(database, run.seriesId);
  return barTimes(run, bars.ok ? bars.value.timesMs : null, roundTrips);
}
