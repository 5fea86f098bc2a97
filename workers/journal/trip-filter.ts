/** Which round trips a filter leaves, and in which order they are shown. */
import { moreFilterTests } from '#core/journal/more-filters.ts';
import type { JournalTrip, TripFilter, TripOrder } from './api.ts';
import type { TripBook } from './trip-book.ts';

export function filtered(book: TripBook, filter: TripFilter): readonly JournalTrip[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const { more = {}, zone = 'UTC' } = filter;
  const tests = moreFilterTests(more, { zone, isNoted: (trip) => book.note(trip) !== '' });
  return book.all().filter((trip) => {
    const { account, symbol, side, tag, playbook = null, mistake = null } = filter;
    if (account !== null && trip.account !== account) return false;
    if (symbol !== null && trip.symbol !== symbol) return false;
    if (side !== null && trip.side !== side) return false;
    if (tag !== null && !trip.tags.includes(tag)) return false;
    if (playbook !== null && trip.playbook !== playbook) return false;
    if (mistake !== null && !trip.mistakes.includes(mistake)) return false;
    return (
      isOfOutcome(trip, filter) &&
      isWithin(trip, filter) &&
      tests.every((test) => test(trip)) &&
      words.every((word) => book.sought(trip).includes(word))
    );
  });
}

function isOfOutcome({ closedMs, net }: JournalTrip, { outcome }: TripFilter): boolean {
  if (outcome === null) return true;
  if (outcome === 'open') return closedMs === null;
  return closedMs !== null && (outcome === 'won' ? net > 0 : net < 0);
}

/** What is open has no closing, and is within none. */
function isWithin({ closedMs }: JournalTrip, { fromMs, untilMs }: TripFilter): boolean {
  if (fromMs === null && untilMs === null) return true;
  if (closedMs === null) return false;
  return closedMs >= (fromMs ?? -Infinity) && closedMs < (untilMs ?? Infinity);
}

/** Equal ones by their opening, the newest first; what is missing stands last either way. */
export function ordered(
  trips: readonly JournalTrip[],
  order: TripOrder,
  descending: boolean,
): readonly JournalTrip[] {
  const sign = descending ? -1 : 1;
  // Looked up once: a field named at run time is slow to read, and compared with many.
  const told: { readonly by: string | number; readonly trip: JournalTrip }[] = [];
  const untold: JournalTrip[] = [];
  for (const trip of trips) {
    const by = trip[order];
    if (by === null) untold.push(trip);
    else told.push({ by, trip });
  }
  told.sort((a, b) => (a.by < b.by ? -sign : a.by > b.by ? sign : later(a.trip, b.trip)));
  return [...told.map(({ trip }) => trip), ...untold.sort(later)];
}

function later(a: JournalTrip, b: JournalTrip): number {
  return b.openedMs - a.openedMs || (a.id < b.id ? -1 : 1);
}
