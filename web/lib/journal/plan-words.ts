/** What is said of a planned stop and target, and of an R that cannot be told. */
import { direction } from '#core/journal/excursion.ts';
import { needsWorth } from '#core/journal/lent-worth.ts';
import { planOf, riskWay, type PlannedTrip } from '#core/journal/trip-figures.ts';
import type { JournalTrip } from '#workers/journal/api.ts';
import { say } from '../words/language.ts';

export type PlanField = 'plannedSl' | 'plannedTp';

/** In words; null where it can be kept. */
export function planFault(
  trip: Pick<JournalTrip, 'side' | 'entryPrice'>,
  field: PlanField,
  price: number,
): string | null {
  if (price <= 0) return say`A price is a number above 0.`;
  const { side, entryPrice } = trip;
  if (entryPrice === null) return null;
  const ahead = (price - entryPrice) * direction(trip);
  if (field === 'plannedSl') {
    if (ahead < 0) return null;
    return side === 'buy'
      ? say`The stop of a buy lies below its opening at ${entryPrice}.`
      : say`The stop of a sell lies above its opening at ${entryPrice}.`;
  }
  if (ahead > 0) return null;
  return side === 'buy'
    ? say`The target of a buy lies above its opening at ${entryPrice}.`
    : say`The target of a sell lies below its opening at ${entryPrice}.`;
}

/** Why there is no R; null where there is one, and while it is open. */
export function unknownRText(trip: PlannedTrip & Pick<JournalTrip, 'r' | 'edited'>): string | null {
  if (trip.r !== null || trip.closedMs === null) return null;
  if (trip.edited?.legs) {
    return say`R is not known: it was open several times, and no stop is of all of it.`;
  }
  if (trip.entryPrice === null) return say`R is not known: the price of its opening is not known.`;
  const plan = planOf(trip);
  if (plan.sl === null) return say`R is not known without a stop: write the one that you planned.`;
  if (riskWay(trip, plan) === null) {
    return say`R is not known: the stop that stood lies beyond the opening. Write the one that you planned.`;
  }
  if (!needsWorth(trip))
    return say`R is not known: its result and its prices contradict each other.`;
  return say`R is not known: it ended where it began, and no other round trip of ${trip.symbol} tells what a price is worth.`;
}
