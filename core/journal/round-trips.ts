/**
 * Builds round trips from deals: scaling in, partial closes, closing by the opposite position,
 * netting positions that turn. The same deals give the same round trips in whatever order and
 * however often they come.
 */
import { byTime, eachOnce, risingOrder } from './deal-order.ts';
import { keyPrefix, type JournalDeal } from './journal-deal.ts';
import type { RoundTrip } from './round-trip.ts';
import { begin, belongs, isFlat, share, take, told, units, type OpenTrip } from './open-trip.ts';

export interface Journaled<T extends RoundTrip = RoundTrip> {
  /** By time of opening. */
  readonly trips: readonly T[];
  /** What is no trade: deposits, credits, charges; by time. */
  readonly operations: readonly JournalDeal[];
}

/** `deals` are gone through again where they come in no order; `as` makes more of each round trip. */
export function roundTripsOf(deals: Iterable<JournalDeal>): Journaled;
export function roundTripsOf<T extends RoundTrip>(
  deals: Iterable<JournalDeal>,
  as: (trip: RoundTrip) => T,
): Journaled<T>;
export function roundTripsOf(
  deals: Iterable<JournalDeal>,
  as = (trip: RoundTrip): RoundTrip => trip,
): Journaled {
  // None of them need be kept then: most of the time went by in keeping them.
  const making = new TripMaking(as);
  const isNext = risingOrder();
  for (const deal of deals) {
    if (!isNext(deal)) return sorted(deals, as);
    making.add(deal);
  }
  return making.journaled();
}

function sorted<T extends RoundTrip>(
  deals: Iterable<JournalDeal>,
  as: (trip: RoundTrip) => T,
): Journaled<T> {
  const making = new TripMaking(as);
  for (const deal of eachOnce(deals).sort(byTime)) making.add(deal);
  return making.journaled();
}

function byOpening(a: RoundTrip, b: RoundTrip): number {
  return a.openedMs - b.openedMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Deals of one account, symbol and position; one without belongs to whatever is open of its symbol. */
interface Line {
  open: OpenTrip | null;
  /** Where the one that is open stands among all. */
  place: number;
  begun: number;
}
/** Of a position that is flat no more than how often it was begun. */
type Positions = Map<string, Line | number>;
interface AccountLines {
  readonly prefix: string;
  readonly symbols: Map<string, Positions>;
}

/** Told as soon as nothing more can come to it: what is only open for a while costs least. */
class TripMaking<T extends RoundTrip> {
  private readonly as: (trip: RoundTrip) => T;
  private readonly operations: JournalDeal[] = [];
  private readonly accounts = new Map<string, AccountLines>();
  /** By the first deal of each; null while it is open. */
  private readonly trips: (T | null)[] = [];

  constructor(as: (trip: RoundTrip) => T) {
    this.as = as;
  }

  add(deal: JournalDeal): void {
    if (deal.kind !== 'buy' && deal.kind !== 'sell') {
      this.operations.push(deal);
      return;
    }
    const lines = this.linesOf(deal.account);
    let positions = lines.symbols.get(deal.symbol);
    if (!positions) lines.symbols.set(deal.symbol, (positions = new Map()));
    const there = positions.get(deal.position) ?? 0;
    const line = typeof there === 'number' ? { open: null, place: 0, begun: there } : there;
    this.addTo(line, deal, lines.prefix);
    if (line.open === null) positions.set(deal.position, line.begun);
    else if (line !== there) positions.set(deal.position, line);
  }

  private addTo(line: Line, deal: JournalDeal, prefix: string): void {
    if (line.open && !belongs(line.open, deal)) this.end(line);
    const trip = line.open ?? this.start(line, deal, prefix);
    const left = take(trip, deal);
    if (!isFlat(trip)) return;
    this.end(line);
    if (left === 0) return;
    // It turned: what is more than was open begins the next.
    const rest = share(deal, left, units(deal.volumeLots));
    take(this.start(line, rest, prefix), rest);
  }

  journaled(): Journaled<T> {
    for (const { symbols } of this.accounts.values())
      for (const positions of symbols.values())
        for (const line of positions.values()) if (typeof line === 'object') this.end(line);
    const trips = this.trips.filter((trip) => trip !== null);
    return { trips: trips.sort(byOpening), operations: this.operations.sort(byTime) };
  }

  private linesOf(account: string): AccountLines {
    let lines = this.accounts.get(account);
    if (!lines) {
      lines = { prefix: keyPrefix(account), symbols: new Map() };
      this.accounts.set(account, lines);
    }
    return lines;
  }

  private start(line: Line, deal: JournalDeal, prefix: string): OpenTrip {
    line.begun++;
    line.place = this.trips.length;
    this.trips.push(null);
    return (line.open = begin(deal, line.begun, prefix));
  }

  private end(line: Line): void {
    if (!line.open) return;
    this.trips[line.place] = this.as(told(line.open));
    line.open = null;
  }
}
