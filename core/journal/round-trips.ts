/**
 * Builds round trips from deals: scaling in, partial closes, closing by the opposite position,
 * netting positions that turn. The same deals give the same round trips in whatever order and
 * however often they come.
 */
import { byTime, eachOnce } from './deal-order.ts';
import type { JournalDeal } from './journal-deal.ts';
import type { RoundTrip } from './round-trip.ts';
import { begin, belongs, isFlat, share, take, told, units, type OpenTrip } from './open-trip.ts';

export interface Journaled {
  /** By time of opening. */
  readonly trips: readonly RoundTrip[];
  /** What is no trade: deposits, credits, charges; by time. */
  readonly operations: readonly JournalDeal[];
}

export function roundTripsOf(deals: Iterable<JournalDeal>): Journaled {
  const operations: JournalDeal[] = [];
  const lines = new Map<string, JournalDeal[]>();
  for (const deal of eachOnce(deals).sort(byTime)) {
    if (deal.kind !== 'buy' && deal.kind !== 'sell') {
      operations.push(deal);
      continue;
    }
    // A deal without a position belongs to whatever is open of its symbol.
    const line = `${deal.account}\n${deal.symbol}\n${deal.position}`;
    const there = lines.get(line);
    if (there) there.push(deal);
    else lines.set(line, [deal]);
  }
  const trips = [...lines.values()].flatMap(tripsOfLine);
  return { trips: trips.sort(byOpening), operations };
}

function byOpening(a: RoundTrip, b: RoundTrip): number {
  return a.openedMs - b.openedMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The round trips of one position, or of one symbol where there are no positions. */
function tripsOfLine(deals: readonly JournalDeal[]): RoundTrip[] {
  const trips: OpenTrip[] = [];
  let open: OpenTrip | null = null;
  const start = (deal: JournalDeal): OpenTrip => {
    const trip = begin(deal, trips.length + 1);
    trips.push(trip);
    return trip;
  };
  for (const deal of deals) {
    if (!open || !belongs(open, deal)) open = start(deal);
    const left = take(open, deal);
    if (!isFlat(open)) continue;
    open = null;
    if (left === 0) continue;
    // It turned: what is more than was open begins the next.
    const rest = share(deal, left, units(deal.volumeLots));
    open = start(rest);
    take(open, rest);
  }
  return trips.map(told);
}
