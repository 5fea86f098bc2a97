/** The bars on this device that a round trip is measured by: no month more than it needs. */
import type { Failure } from '#core/errors.ts';
import type { RoundTrip } from '#core/journal/round-trip.ts';
import { measureOf, seriesOver, type TripMeasure } from '#core/journal/trip-measure.ts';
import { monthOf } from '#core/market/months.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { decode } from '#workers/store/series.ts';

const dayMs = 86_400_000;

/** Null where no bars here reach over it, and while it is open. Errors: `store.*`. */
export async function measured(
  database: Database,
  trip: RoundTrip,
): Promise<Result<TripMeasure | null, Failure>> {
  try {
    const series = seriesOver(trip, await database.series.toArray());
    if (!series || trip.closedMs === null) return ok(null);
    // A month may begin with days without a bar; later exits are up to a day and a weekend on.
    const first = monthOf(trip.openedMs - 7 * dayMs);
    const last = monthOf(trip.closedMs + 5 * dayMs);
    const chunks = await database.chunks
      .where(':id')
      .between([series.id, first], [series.id, last], true, true)
      .toArray();
    if (chunks.length === 0) return ok(null);
    const bars = decode(series.id, chunks);
    return bars.ok ? ok(measureOf(trip, bars.value, series.timeframe)) : bars;
  } catch (error) {
    return fail(storeFailure(error));
  }
}
