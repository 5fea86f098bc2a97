/** What one round trip came to: R, pips, the part of its best that it kept. */
import { direction, isClosed, type ClosedTrip, type Excursion } from './excursion.ts';
import type { RoundTrip } from './round-trip.ts';

/** Stop and target as planned; where the trader wrote none, those that stood. */
export interface Plan {
  readonly sl: number | null;
  readonly tp: number | null;
}

/** A round trip with what its deals do not tell of it. */
export interface PlannedTrip extends RoundTrip {
  /** Prices as the trader wrote them. */
  readonly plannedSl?: number | null;
  readonly plannedTp?: number | null;
  /** Money per unit of price as others tell it, see `worthTeller`. */
  readonly lentWorth?: number | null;
}

export function planOf({ plannedSl, plannedTp, sl, tp }: PlannedTrip): Plan {
  return { sl: plannedSl ?? sl, tp: plannedTp ?? tp };
}

/**
 * Money that one unit of price is worth over the whole trade. One that ended where it began does not
 * tell it: then what others lend it, or null.
 */
export function moneyPerPrice(trip: ClosedTrip & Pick<PlannedTrip, 'lentWorth'>): number | null {
  return ownWorth(trip) ?? trip.lentWorth ?? null;
}

/** As its own way and result tell it. */
export function ownWorth(trip: ClosedTrip): number | null {
  const way = (trip.exitPrice - trip.entryPrice) * direction(trip);
  const worth = trip.gross / way;
  return way === 0 || !(worth > 0) ? null : worth;
}

/** Way from entry to stop in price; null without a stop, and where it stands on the wrong side. */
export function riskWay(trip: RoundTrip, plan: Plan): number | null {
  if (trip.entryPrice === null || plan.sl === null) return null;
  const way = (trip.entryPrice - plan.sl) * direction(trip);
  return way > 0 ? way : null;
}

/**
 * Net profit in units of what was risked: 1 = as much as the stop would have lost. Null without a
 * stop or where the worth of a price is not known. Source: Tharp, Trade Your Way to Financial Freedom.
 */
export function rMultiple(
  trip: PlannedTrip,
  plan: Plan,
  lentWorth = trip.lentWorth ?? null,
): number | null {
  const way = riskWay(trip, plan);
  if (way === null || !isClosed(trip)) return null;
  if (trip.net === 0) return 0;
  const worth = ownWorth(trip) ?? lentWorth;
  return worth === null ? null : trip.net / (way * worth);
}

/** Way to the target ÷ way to the stop, as planned; null without both. */
export function plannedRatio(trip: RoundTrip, plan: Plan): number | null {
  const way = riskWay(trip, plan);
  if (way === null || plan.tp === null || trip.entryPrice === null) return null;
  const ahead = (plan.tp - trip.entryPrice) * direction(trip);
  return ahead > 0 ? ahead / way : null;
}

/** The part of the best open profit that the exit kept; null where it was never ahead. */
export function efficiency(trip: ClosedTrip, { mfe }: Pick<Excursion, 'mfe'>): number | null {
  if (mfe <= 0) return null;
  return ((trip.exitPrice - trip.entryPrice) * direction(trip)) / mfe;
}

/** Way from entry to exit in pips, of ten points where prices have an odd number of digits. */
export function pips(trip: ClosedTrip, digits: number): number {
  const pip = 10 ** -(digits % 2 === 1 ? digits - 1 : digits);
  return ((trip.exitPrice - trip.entryPrice) * direction(trip)) / pip;
}

/** Commission, fees and swap. */
export const costsOf = ({ commission, fee, swap }: RoundTrip): number => commission + fee + swap;

/** Null where the opening is not known, or it is open still. */
export function heldMs({ isWhole, openedMs, closedMs }: RoundTrip): number | null {
  return isWhole && closedMs !== null ? closedMs - openedMs : null;
}
