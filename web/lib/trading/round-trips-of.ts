/** Round trips of an account's deals. */
import type { DealView } from '#core/broker/views.ts';
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import type { RoundTrip } from '#core/journal/round-trip.ts';
import { roundTripsOf } from '#core/journal/round-trips.ts';

/** Those that are over, the latest first. Deals that are not loaded make them incomplete. */
export function tripsOf(deals: readonly DealView[], offsetMs: number): readonly RoundTrip[] {
  const { trips } = roundTripsOf(deals.map((deal) => journalDeal(deal, offsetMs)));
  return trips
    .filter(({ closedMs }) => closedMs !== null)
    .sort((a, b) => (b.closedMs ?? 0) - (a.closedMs ?? 0));
}

function journalDeal({ serverMs, reason, ...deal }: DealView, offsetMs: number): JournalDeal {
  return { ...deal, account: '', fee: 0, atMs: serverMs - offsetMs, sl: null, tp: null };
}
