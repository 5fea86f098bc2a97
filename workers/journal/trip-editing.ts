/** What of the journal can be merged and split, for who decides it. */
import { mostMerged, mostNamed, type NamedTrip } from '#core/collections/trip-edit.ts';
import { mergeFault, namedTrips, type MergeFault } from '#core/journal/edited-trips.ts';
import { byTime, eachOnce } from '#core/journal/deal-order.ts';
import { dealKey } from '#core/journal/journal-deal.ts';
import { portionsOf, sharesOf } from '#core/journal/trip-portions.ts';
import type { TripDeal } from './api.ts';
import type { TripBook } from './trip-book.ts';
import { idsOf } from './united-marks.ts';

export type MergePlan = { readonly trips: readonly NamedTrip[] } | { readonly fault: MergeFault };

/** What a merge of round trips names, or why there is none. */
export function mergePlan(book: TripBook, ids: readonly string[]): MergePlan {
  if (ids.length > mostMerged) return { fault: 'many' };
  const trips = [...new Set(ids.flatMap((id) => book.trip(id) ?? []))];
  const fault = mergeFault(trips, ({ currency }) => currency);
  if (fault !== null) return { fault };
  const named = trips.flatMap(namedTrips);
  return named.length > mostNamed ? { fault: 'parts' } : { trips: named };
}

/** The deals of a round trip in order of time, each with whether it can be split there. */
export function tripDeals(book: TripBook, id: string): readonly TripDeal[] {
  const trip = book.trip(id);
  if (!trip) return [];
  const seen = { in: false, out: false };
  const maySplit = trip.isWhole && (trip.edited?.merges.length ?? 0) === 0;
  const deals = eachOnce(book.deals(new Set(trip.deals))).sort(byTime);
  // Of a deal that turned a position, or that parts share, what is of this round trip.
  const shares = trip.edited?.shares ?? sharesOf(portionsOf(trip, deals) ?? []);
  const shareOf = new Map(shares.map((share) => [share.key, share]));
  return deals.map((deal) => {
    const { atMs, kind, price } = deal;
    const key = dealKey(deal);
    const { volumeLots, profit } = shareOf.get(key) ?? deal;
    const isOpening = kind === trip.side && deal.entry !== 'out' && deal.entry !== 'out-by';
    const line = isOpening ? 'in' : 'out';
    const isFirst = !seen[line];
    seen[line] = true;
    const facts = { key, atMs, isOpening, volumeLots, price, profit };
    return { ...facts, maySplit: maySplit && !isFirst };
  });
}

/** Of each round trip the ids at which its marks may stand; two ids may be of one that was merged. */
export function markIds(book: TripBook, ids: readonly string[]): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const id of ids) {
    const trip = book.trip(id);
    found.set(trip?.id ?? id, trip ? idsOf(trip) : [id]);
  }
  return [...found.values()];
}
