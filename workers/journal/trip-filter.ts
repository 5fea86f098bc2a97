/** Which round trips a filter leaves, and in which order they are shown. */
import type { TripFilter, TripOrder } from './api.ts';
import type { BookedTrip } from './trip-book.ts';

export function filtered(trips: readonly BookedTrip[], filter: TripFilter): readonly BookedTrip[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return trips.filter((trip) => {
    const { account, symbol, side, tag } = filter;
    if (account !== null && trip.account !== account) return false;
    if (symbol !== null && trip.symbol !== symbol) return false;
    if (side !== null && trip.side !== side) return false;
    if (tag !== null && !trip.tags.includes(tag)) return false;
    return (
      isOfOutcome(trip, filter) &&
      isWithin(trip, filter) &&
      words.every((word) => holds(trip, word))
    );
  });
}

const holds = ({ sought }: BookedTrip, word: string) => sought.includes(word);

function isOfOutcome({ closedMs, net }: BookedTrip, { outcome }: TripFilter): boolean {
  if (outcome === null) return true;
  if (outcome === 'open') return closedMs === null;
  return closedMs !== null && (outcome === 'won' ? net > 0 : net < 0);
}

/** What is open has no closing, and is within none. */
function isWithin({ closedMs }: BookedTrip, { fromMs, untilMs }: TripFilter): boolean {
  if (fromMs === null && untilMs === null) return true;
  if (closedMs === null) return false;
  return closedMs >= (fromMs ?? -Infinity) && closedMs < (untilMs ?? Infinity);
}

/** Equal ones by their opening, the newest first; what is missing stands last either way. */
export function ordered(
  trips: readonly BookedTrip[],
  order: TripOrder,
  descending: boolean,
): readonly BookedTrip[] {
  const sign = descending ? -1 : 1;
  return trips.toSorted((a, b) => {
    const [left, right] = [a[order], b[order]];
    if (left === null || right === null) {
      return Number(left === null) - Number(right === null) || later(a, b);
    }
    return sign * (left < right ? -1 : left > right ? 1 : 0) || later(a, b);
  });
}

function later(a: BookedTrip, b: BookedTrip): number {
  return b.openedMs - a.openedMs || (a.id < b.id ? -1 : 1);
}
