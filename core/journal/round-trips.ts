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
  const lines = dealLines();
  for (const deal of eachOnce(deals).sort(byTime)) {
    if (deal.kind !== 'buy' && deal.kind !== 'sell') {
      operations.push(deal);
      continue;
    }
    lines.add(deal);
  }
  const trips = lines.all().flatMap(tripsOfLine);
  return { trips: trips.sort(byOpening), operations };
}

/** Deals of one account, symbol and position; one without belongs to whatever is open of its symbol. */
function dealLines() {
  const lines: JournalDeal[][] = [];
  const accounts = new Map<string, Map<string, Map<string, JournalDeal[]>>>();
  return {
    add(deal: JournalDeal): void {
      let symbols = accounts.get(deal.account);
      if (!symbols) accounts.set(deal.account, (symbols = new Map()));
      let positions = symbols.get(deal.symbol);
      if (!positions) symbols.set(deal.symbol, (positions = new Map()));
      const line = positions.get(deal.position);
      if (line) {
        line.push(deal);
        return;
      }
      const begun = [deal];
      positions.set(deal.position, begun);
      lines.push(begun);
    },
    all: (): readonly (readonly JournalDeal[])[] => lines,
  };
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
