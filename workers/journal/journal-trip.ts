/** A round trip with what is written at it, and what follows from both. */
import type { TripMark } from '#core/collections/trip-mark.ts';
import type { EditedTrip } from '#core/journal/edited-trips.ts';
import { rMultiple } from '#core/journal/trip-figures.ts';
import type { JournalTrip } from './api.ts';

/** Field by field: of a hundred thousand, spread objects took as long as making the round trips. */
export function journalTrip(
  trip: EditedTrip,
  { tags, rating, playbook, met, mistakes }: TripMark,
  currency: string | null,
): JournalTrip {
  const made: JournalTrip = {
    id: trip.id,
    account: trip.account,
    symbol: trip.symbol,
    side: trip.side,
    openedMs: trip.openedMs,
    closedMs: trip.closedMs,
    volumeLots: trip.volumeLots,
    openLots: trip.openLots,
    entryPrice: trip.entryPrice,
    exitPrice: trip.exitPrice,
    gross: trip.gross,
    commission: trip.commission,
    fee: trip.fee,
    swap: trip.swap,
    net: trip.net,
    sl: trip.sl,
    tp: trip.tp,
    isWhole: trip.isWhole,
    deals: trip.deals,
    tags,
    rating: rating ?? null,
    playbook: playbook ?? null,
    met,
    mistakes,
    currency,
    r: rMultiple(trip, trip),
  };
  return trip.edited ? { ...made, edited: trip.edited } : made;
}
