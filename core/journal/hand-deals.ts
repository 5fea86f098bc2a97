/** What the trader entered by hand as deals, so that it is counted as all others are. */
import type { HandTrip } from '../collections/hand-trip.ts';
import type { JournalDeal } from './journal-deal.ts';

const mark = 'hand:';

/** The opening and, once it is closed, the closing. */
export function dealsOfHand(trip: HandTrip): readonly JournalDeal[] {
  const position = `${mark}${trip.id}`;
  const shared = {
    account: trip.account,
    order: '',
    position,
    symbol: trip.symbol,
    volumeLots: trip.volumeLots,
    ...{ fee: 0, swap: 0, comment: '', tp: null },
  };
  const opening: JournalDeal = {
    ...{ ...shared, deal: `${position}:in`, kind: trip.side, entry: 'in', sl: trip.sl },
    ...{ tp: trip.tp ?? null, price: trip.entryPrice, atMs: trip.openedMs, profit: 0 },
    commission: trip.closedMs === null ? trip.costs : 0,
  };
  if (trip.closedMs === null) return [opening];
  const kind = trip.side === 'buy' ? 'sell' : 'buy';
  const closing: JournalDeal = {
    ...{ ...shared, deal: `${position}:out`, kind, entry: 'out', sl: null },
    ...{ price: trip.exitPrice ?? trip.entryPrice, atMs: trip.closedMs },
    ...{ profit: trip.profit, commission: trip.costs },
  };
  return [opening, closing];
}

/** Of the round trip that it makes. */
export const tripIdOfHand = ({ account, id }: Pick<HandTrip, 'account' | 'id'>): string =>
  `${account} ${mark}${id}`;

/** Of the entry that a round trip was made of; null where a statement told it. */
export function handIdOf(tripId: string): string | null {
  const at = tripId.lastIndexOf(` ${mark}`);
  return at < 0 ? null : tripId.slice(at + 1 + mark.length);
}

/** Of the entries that one was merged of, all of them; none where a statement told any of it. */
export function handIdsOf(tripIds: readonly string[]): readonly string[] {
  const ids = tripIds.map(handIdOf).filter((id) => id !== null);
  return ids.length === tripIds.length ? ids : [];
}
