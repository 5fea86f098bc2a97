/** The round trips of a report that the bars of this device can measure, of the newest. */
import type { Failure } from '#core/errors.ts';
import { isClosed } from '#core/journal/excursion.ts';
import { counting, type Counting, type ReportAsk } from '#core/journal/trip-report.ts';
import { mostMeasured, type MeasuredTrip } from '#core/journal/what-if.ts';
import { ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import type { JournalTrip, LeftUnmeasured } from './api.ts';
import { plainTrip } from './bare-trip.ts';
import { learnExcursions, type KnownExcursions } from './trip-bars.ts';

export interface MeasuredTrips {
  /** In the order of their exits. */
  readonly measured: readonly MeasuredTrip[];
  readonly left: LeftUnmeasured;
  readonly counting: Counting;
}

/** What was measured before is in `known`, and what is measured now is added to it. Errors: `store.*`. */
export async function measuredTrips(
  database: Database,
  trips: readonly JournalTrip[],
  ask: ReportAsk,
  known: KnownExcursions,
): Promise<Result<MeasuredTrips, Failure>> {
  const found = counting(trips, ask);
  const { length } = found.counted;
  const newest = found.counted
    .sort((a, b) => a.closedMs - b.closedMs)
    .slice(-mostMeasured)
    .map(({ trip }) => trip);
  const learnt = await learnExcursions(database, newest, known);
  if (!learnt.ok) return learnt;
  const measured = newest.flatMap((trip): readonly MeasuredTrip[] => {
    const excursion = known.get(trip);
    const plain = plainTrip(trip);
    return excursion && isClosed(plain) ? [{ ...plain, excursion }] : [];
  });
  const left = { withoutBars: newest.length - measured.length, tooOld: length - newest.length };
  return ok({ measured, left, counting: found });
}
