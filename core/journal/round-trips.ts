/**
 * Builds round trips from deals: scaling in, partial closes, closing by the opposite position,
 * netting positions that turn. The same deals give the same round trips in whatever order and
 * however often they come.
 */
import { byTime, eachOnce, risingOrder } from './deal-order.ts';
import {
  copyOf,
  dealTicket,
  passDeals,
  positionTicket,
  type Deals,
  type JournalDeal,
  type PassedDeal,
} from './journal-deal.ts';
import { share, units } from './decimal-sums.ts';
import { byOpening, type RoundTrip } from './round-trip.ts';
import { compareTickets, type Ticket } from './ticket.ts';
import {
  told,
  tripScope,
  TripRow,
  TripTable,
  type TripBeginning,
  type TripScope,
} from './trip-row.ts';

export interface Journaled<T extends RoundTrip = RoundTrip> {
  /** By time of opening. */
  readonly trips: readonly T[];
  /** What is no trade: deposits, credits, charges; by time. */
  readonly operations: readonly JournalDeal[];
}

/** Makes the row of a round trip that begins with a deal. */
export type BeginTrip<T extends TripRow> = (deal: JournalDeal, beginning: TripBeginning) => T;

export function roundTripsOf(deals: Deals): Journaled {
  const begin: BeginTrip<TripRow> = (deal, beginning) => new TripRow(deal, beginning);
  const { trips, operations } = tripRowsOf(deals, begin);
  return { trips: trips.map(told), operations };
}

/** As rows, which are no plain objects. `deals` are gone through again where they come in no order. */
export function tripRowsOf<T extends TripRow>(deals: Deals, begin: BeginTrip<T>): Journaled<T> {
  // None of them need be kept then: most of the time went by in keeping them.
  const making = new TripMaking(begin, deals.length);
  const isNext = risingOrder();
  const isRising = passDeals(deals, (deal) => {
    if (!isNext(deal)) return false;
    making.add(deal);
    return true;
  });
  return (isRising ? making : sorted(deals, begin)).journaled();
}

function sorted<T extends TripRow>(deals: Deals, begin: BeginTrip<T>): TripMaking<T> {
  const once = eachOnce(deals).sort(byTime);
  const making = new TripMaking(begin, once.length);
  for (const deal of once) making.add(deal);
  return making;
}

/** Of one account. */
interface SymbolTrips<T> {
  readonly scope: TripScope;
  /** By position; a deal without one belongs to whatever is open of its symbol. */
  readonly open: Map<Ticket, T>;
  readonly begun: BegunPositions;
}

interface Place<T> {
  readonly position: Ticket;
  readonly ofSymbol: SymbolTrips<T>;
}

class TripMaking<T extends TripRow> {
  private readonly begin: BeginTrip<T>;
  private readonly table: TripTable;
  private readonly operations: JournalDeal[] = [];
  private readonly accounts = new Map<string, Map<string, SymbolTrips<T>>>();
  /** By the first deal of each. */
  private readonly trips: T[] = [];

  constructor(begin: BeginTrip<T>, mostDeals: number) {
    this.begin = begin;
    this.table = new TripTable(mostDeals);
  }

  add(deal: PassedDeal): void {
    if (deal.kind !== 'buy' && deal.kind !== 'sell') {
      this.operations.push(copyOf(deal));
      return;
    }
    this.table.deals.push(dealTicket(deal));
    const ofSymbol = this.tripsOf(deal);
    const position = positionTicket(deal);
    const before = ofSymbol.open.get(position);
    const trip = before?.mayTake(deal) ? before : this.start(deal, { position, ofSymbol });
    const after = this.goesOn(trip, deal, { position, ofSymbol });
    if (after === before) return;
    if (after) ofSymbol.open.set(position, after);
    else ofSymbol.open.delete(position);
  }

  /** Answers what is open after the deal. */
  private goesOn(trip: T, deal: JournalDeal, place: Place<T>): T | undefined {
    const left = trip.take(deal);
    if (!trip.isFlat) return trip;
    if (left === 0) return undefined;
    // It turned: what is more than was open begins the next.
    const rest = share(deal, left, units(deal.volumeLots));
    const turned = this.start(rest, place);
    turned.take(rest);
    return turned;
  }

  journaled(): Journaled<T> {
    for (const trip of this.trips) trip.settle();
    return { trips: this.trips.sort(byOpening), operations: this.operations.sort(byTime) };
  }

  private tripsOf(deal: JournalDeal): SymbolTrips<T> {
    const { account, symbol } = deal;
    let symbols = this.accounts.get(account);
    if (!symbols) this.accounts.set(account, (symbols = new Map()));
    let known = symbols.get(symbol);
    if (!known) {
      known = { scope: tripScope(deal), open: new Map(), begun: new BegunPositions() };
      symbols.set(symbol, known);
    }
    return known;
  }

  private start(deal: JournalDeal, { position, ofSymbol }: Place<T>): T {
    const { scope, begun } = ofSymbol;
    const ordinal = position === '' ? 1 : begun.count(position);
    const trip = this.begin(deal, { table: this.table, scope, position, ordinal });
    this.trips.push(trip);
    return trip;
  }
}

/** How often each was begun. Tickets rise: as long as they do each is new, and none is looked for. */
class BegunPositions {
  private readonly risen: Ticket[] = [];
  private counts: Map<Ticket, number> | null = null;

  /** One more of it; answers how many those are. */
  count(position: Ticket): number {
    const last = this.risen.at(-1);
    if (!this.counts && (last === undefined || compareTickets(last, position) < 0)) {
      this.risen.push(position);
      return 1;
    }
    this.counts ??= new Map(this.risen.map((each) => [each, 1]));
    const count = (this.counts.get(position) ?? 0) + 1;
    this.counts.set(position, count);
    return count;
  }
}
