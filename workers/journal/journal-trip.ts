/** A round trip with what is written at it, and what follows from both. */
import type { TripMark } from '#core/collections/trip-mark.ts';
import type { EditedTrip } from '#core/journal/edited-trips.ts';
import { rMultiple } from '#core/journal/trip-figures.ts';
import type { JournalTrip } from './api.ts';

/** What its money is: null where nobody told it. */
export interface TripMoney {
  readonly currency: string | null;
  /** Money per unit of price, as others tell it where it does not itself. */
  readonly lentWorth: number | null;
}

/** Field by field: spread, what is written at a hundred thousand takes half as long again to show. */
export function journalTrip(
  trip: EditedTrip,
  { tags, rating, playbook, plannedSl, plannedTp, met, mistakes }: TripMark,
  { currency, lentWorth }: TripMoney,
): JournalTrip {
  const isPlanned = (plannedSl ?? plannedTp ?? null) !== null;
  const plan = isPlanned ? { sl: plannedSl ?? trip.sl, tp: plannedTp ?? trip.tp } : trip;
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
    // Of one that was open several times the first stop says nothing of what was risked in all.
    r: trip.edited?.legs ? null : rMultiple(trip, plan, lentWorth),
  };
  // Of most of them there is nothing more to say, and fields without a value cost time and room.
  if (!trip.edited && !isPlanned && lentWorth === null) return made;
  return {
    ...made,
    ...(isPlanned && { plannedSl, plannedTp }),
    ...(lentWorth !== null && { lentWorth }),
    ...(trip.edited && { edited: trip.edited }),
  };
}
