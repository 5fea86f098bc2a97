/** What-if over the round trips that the bars of this device can measure, the newest first. */
import type { Failure } from '#core/errors.ts';
import { isClosed } from '#core/journal/excursion.ts';
import { counting, type ReportAsk } from '#core/journal/trip-report.ts';
import { valueIn } from '#core/journal/trip-units.ts';
import { mostMeasured, whatIf, type MeasuredTrip, type WhatIfRule } from '#core/journal/what-if.ts';
import { ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import type { JournalTrip, WhatIfAnswer } from './api.ts';
import { learnExcursions, type KnownExcursions } from './trip-bars.ts';

/** Errors: `store.*`. */
export async function measuredWhatIf(
  database: Database,
  trips: readonly JournalTrip[],
  { rule, ...ask }: ReportAsk & { readonly rule: WhatIfRule },
  known: KnownExcursions,
): Promise<Result<WhatIfAnswer, Failure>> {
  const { counted } = counting(trips, ask);
  const newest = counted
    .sort((a, b) => b.closedMs - a.closedMs)
    .slice(0, mostMeasured)
    .map(({ trip }) => trip);
  const learnt = await learnExcursions(database, newest, known);
  if (!learnt.ok) return learnt;
  const measured = newest.flatMap((trip): readonly MeasuredTrip[] => {
    const excursion = known.get(trip);
    return excursion && isClosed(trip) ? [{ ...trip, excursion }] : [];
  });
  return ok({
    ...whatIf(measured, rule, valueIn(ask.unit, ask.startBalances)),
    withoutBars: newest.length - measured.length,
    tooOld: counted.length - newest.length,
  });
}
