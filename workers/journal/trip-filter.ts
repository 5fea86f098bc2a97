/** Which round trips a filter leaves, and in which order they are shown. */
import { compareText } from '#core/compare-text.ts';
import { moreFilterTests } from '#core/journal/more-filters.ts';
import { tripOrders } from '#core/journal/trip-orders.ts';
import type { JournalTrip, TripFilter, WindowAsk } from './api.ts';
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
export function windowOf(
  trips: readonly JournalTrip[],
  { order, descending, offset, limit }: WindowAsk,
): readonly JournalTrip[] {
  const ranks = ranksOf(trips, tripOrders[order], descending);
  const until = Math.min(offset + limit, trips.length);
  if (until <= offset) return [];
  // Bare numbers are sorted in no time: so only those that may be shown are compared as they are.
  const last = ranks.toSorted()[until - 1]!;
  const able: number[] = [];
  ranks.forEach((rank, at) => {
    if (rank <= last) able.push(at);
  });
  able.sort((a, b) => {
    const [one, other] = [ranks[a]!, ranks[b]!];
    return one < other ? -1 : one > other ? 1 : later(trips[a]!, trips[b]!);
  });
  return able.slice(offset, until).map((at) => trips[at]!);
}

/** The lower stands first; texts by their places among all that there are. */
function ranksOf(
  trips: readonly JournalTrip[],
  valueOf: (trip: JournalTrip) => number | string | null,
  descending: boolean,
): Float64Array {
  const ranks = new Float64Array(trips.length).fill(Infinity);
  const sign = descending ? -1 : 1;
  const texts = new Set<string>();
  trips.forEach((trip, at) => {
    const value = valueOf(trip);
    if (typeof value === 'number') ranks[at] = sign * value;
    else if (value !== null) texts.add(value);
  });
  if (texts.size === 0) return ranks;
  const places = new Map([...texts].sort(compareText).map((text, place) => [text, place]));
  trips.forEach((trip, at) => {
    const value = valueOf(trip);
    if (typeof value === 'string') ranks[at] = sign * places.get(value)!;
  });
  return ranks;
}

function later(a: JournalTrip, b: JournalTrip): number {
  return b.openedMs - a.openedMs || (a.id < b.id ? -1 : 1);
}
