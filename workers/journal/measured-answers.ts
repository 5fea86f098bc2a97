/** What the round trips that can be measured would have brought, and how they went while open. */
import type { Failure } from '#core/errors.ts';
import type { ReportAsk } from '#core/journal/trip-report.ts';
import { worthIn } from '#core/journal/trip-units.ts';
import { whatIf, type WhatIfRule } from '#core/journal/what-if.ts';
import { whileOpen } from '#core/journal/while-open.ts';
import { ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import type { ExcursionsById, JournalTrip, WhatIfAnswer, WhileOpenAnswer } from './api.ts';
import { measuredTrips } from './measured-trips.ts';
import { learnExcursions, type KnownExcursions } from './trip-bars.ts';
import type { TripBook } from './trip-book.ts';

/** Errors: `store.*`. */
export async function excursionsOf(
  database: Database,
  book: TripBook,
  { ids, known }: { readonly ids: readonly string[]; readonly known: KnownExcursions },
): Promise<Result<ExcursionsById, Failure>> {
  const trips = ids.flatMap((id) => book.trip(id) ?? []);
  const learnt = await learnExcursions(database, trips, known);
  if (!learnt.ok) return learnt;
  const told = trips.flatMap((trip) => {
    const excursion = known.get(trip);
    return excursion ? [[trip.id, excursion] as const] : [];
  });
  return ok(Object.fromEntries(told));
}

/** Errors: `store.*`. */
export async function measuredWhatIf(
  database: Database,
  trips: readonly JournalTrip[],
  { rule, ...ask }: ReportAsk & { readonly rule: WhatIfRule },
  known: KnownExcursions,
): Promise<Result<WhatIfAnswer, Failure>> {
  const found = await measuredTrips(database, trips, ask, known);
  if (!found.ok) return found;
  const { measured, left, counting } = found.value;
  return ok({ ...whatIf(measured, rule, counting.valueOf), ...left });
}

/** Errors: `store.*`. */
export async function measuredWhileOpen(
  database: Database,
  trips: readonly JournalTrip[],
  ask: ReportAsk,
  known: KnownExcursions,
): Promise<Result<WhileOpenAnswer, Failure>> {
  const found = await measuredTrips(database, trips, ask, known);
  if (!found.ok) return found;
  const { measured, left, counting } = found.value;
  const units = { valueOf: counting.valueOf, worthOf: worthIn(ask.unit, counting.base) };
  return ok({ ...whileOpen(measured, units), ...left });
}
