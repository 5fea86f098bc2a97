/** The bars on this device that round trips are measured by: no month more than they need. */
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Failure } from '#core/errors.ts';
import { excursionOf, isClosed, type Excursion } from '#core/journal/excursion.ts';
import type { RoundTrip } from '#core/journal/round-trip.ts';
import { measureOf, seriesOver, type TripMeasure } from '#core/journal/trip-measure.ts';
import type { Bars } from '#core/market/bars.ts';
import { monthOf } from '#core/market/months.ts';
import { timeframeMs } from '#core/market/timeframe.ts';
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
    // Later exits are up to a day and a weekend on.
    const bars = await barsWithin(database, series, trip.openedMs, trip.closedMs + 5 * dayMs);
    if (!bars.ok || bars.value === null) return bars.ok ? ok(null) : bars;
    return ok(measureOf(trip, bars.value, series.timeframe));
  } catch (error) {
    return fail(storeFailure(error));
  }
}

/** A month may begin with days without a bar. */
const monthsOf = (fromMs: number, toMs: number) =>
  [monthOf(fromMs - 7 * dayMs), monthOf(toMs)] as const;
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whole months; null where there is none of them. */
async function barsWithin(
  database: Database,
  series: PriceSeries,
  fromMs: number,
  toMs: number,
): Promise<Result<Bars | null, Failure>> {
  const [first, last] = monthsOf(fromMs, toMs);
  const chunks = await database.chunks
    .where(':id')
    .between([series.id, first], [series.id, last], true, true)
    .toArray();
  return chunks.length === 0 ? ok(null) : decode(series.id, chunks);
}

/** What was measured before; where no bars reached there may be some by now. */
export type KnownExcursions = WeakMap<RoundTrip, Excursion>;

/**
 * How far each of them went, of those that bars here reach over, and adds it to `known`. Months
 * are read once for all that lie in them. Errors: `store.*`.
 */
export async function learnExcursions(
  database: Database,
  trips: readonly RoundTrip[],
  known: KnownExcursions,
): Promise<Result<null, Failure>> {
  try {
    const all = await database.series.toArray();
    const planned = trips
      .filter((trip) => !known.has(trip))
      .flatMap((trip) => {
        const series = seriesOver(trip, all);
        return series ? [{ trip, series }] : [];
      })
      .sort((a, b) => order(a.series.id, b.series.id) || a.trip.openedMs - b.trip.openedMs);
    let readOf = '';
    let bars: Bars | null = null;
    for (const { trip, series } of planned) {
      const [fromMs, toMs] = [trip.openedMs, (trip.closedMs ?? trip.openedMs) + 5 * dayMs];
      const of = [series.id, ...monthsOf(fromMs, toMs)].join(' ');
      if (readOf !== of) {
        const read = await barsWithin(database, series, fromMs, toMs);
        if (!read.ok) return read;
        readOf = of;
        bars = read.value;
      }
      const excursion = excursionIn(trip, bars, series.timeframe);
      if (excursion) known.set(trip, excursion);
    }
    return ok(null);
  } catch (error) {
    return fail(storeFailure(error));
  }
}

function excursionIn(trip: RoundTrip, bars: Bars | null, timeframe: string): Excursion | null {
  const barMs = timeframeMs(timeframe);
  if (!bars || barMs === null || !isClosed(trip)) return null;
  return excursionOf(trip, bars, barMs);
}
