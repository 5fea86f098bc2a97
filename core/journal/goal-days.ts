/** What of each day goals are measured by, of the round trips that were closed on it. */
import type { CriteriaOf, MarkedTrip } from './mark-sums.ts';
import { dayClock } from './trip-sums.ts';

/** A day in one currency. */
export interface GoalDay {
  /** `2026-11-27`. */
  readonly day: string;
  readonly currency: string | null;
  readonly trips: number;
  readonly net: number;
  /** Summed, of those with a stop; their count. */
  readonly r: number;
  readonly withR: number;
  readonly mistakes: number;
  /** Ratings summed, of those that have one; their count. */
  readonly rating: number;
  readonly rated: number;
  /** Criteria that were met, and all of the playbooks that were traded by. */
  readonly met: number;
  readonly criteria: number;
}

export interface RatedTrip extends MarkedTrip {
  readonly rating: number | null;
}

/** The first first; days in the zone that is asked with. */
export function goalDaysOf(
  trips: readonly RatedTrip[],
  zone: string,
  criteriaOf: CriteriaOf,
): readonly GoalDay[] {
  const dayOf = dayClock(zone);
  const days = new Map<string, { -readonly [K in keyof GoalDay]: GoalDay[K] }>();
  for (const trip of trips) {
    if (trip.closedMs === null) continue;
    const { currency, playbook } = trip;
    const day = dayOf(trip.closedMs);
    const key = `${day} ${currency}`;
    let sums = days.get(key);
    if (!sums) {
      sums = {
        ...{ day, currency, trips: 0, net: 0, r: 0, withR: 0, mistakes: 0 },
        ...{ rating: 0, rated: 0, met: 0, criteria: 0 },
      };
      days.set(key, sums);
    }
    sums.trips++;
    sums.net += trip.net;
    sums.mistakes += trip.mistakes.length;
    if (trip.r !== null) {
      sums.r += trip.r;
      sums.withR++;
    }
    if (trip.rating !== null) {
      sums.rating += trip.rating;
      sums.rated++;
    }
    const criteria =
      playbook !== null && Object.hasOwn(criteriaOf, playbook) ? criteriaOf[playbook]! : [];
    sums.criteria += criteria.length;
    sums.met += criteria.filter((id) => trip.met.includes(id)).length;
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
