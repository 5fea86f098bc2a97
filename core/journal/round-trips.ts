/**
 * Builds round trips from deals: scaling in, partial closes, closing by the opposite position,
 * netting positions that turn. The same deals give the same round trips in whatever order and
 * however often they come.
 */
import { byTime, compareTickets, eachOnce, risingOrder } from './deal-order.ts';
import { keyPrefix, passDeals, type Deals, type JournalDeal } from './journal-deal.ts';
import type { RoundTrip } from './round-trip.ts';
import { belongs, isFlat, OpenTrip, share, take, told, units } from './open-trip.ts';

export interface Journaled<T extends RoundTrip = RoundTrip> {
  /** By time of opening. */
  readonly trips: readonly T[];
  /** What is no trade: deposits, credits, charges; by time. */
  readonly operations: readonly JournalDeal[];
}

/**
 * `deals` are gone through again where they come in no order. `as` makes more of each round trip;
 * what it is shown goes on to change, and is copied by it.
 */
export function roundTripsOf(deals: Deals): Journaled;
export function roundTripsOf<T extends RoundTrip>(
  deals: Deals,
  as: (trip: RoundTrip) => T,
): Journaled<T>;
export function roundTripsOf(deals: Deals, as: (trip: RoundTrip) => RoundTrip = told): Journaled {
  // None of them need be kept then: most of the time went by in keeping them.
  const making = new TripMaking(as);
  const isNext = risingOrder();
  const isRising = passDeals(deals, (deal) => {
    if (!isNext(deal)) return false;
    making.add(deal);
    return true;
  });
  return isRising ? making.journaled() : sorted(deals, as);
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

/** Of one account. */
interface SymbolTrips {
  /** Of the keys of its deals: many share one text. */
  readonly prefix: string;
  /** By position; a deal without one belongs to whatever is open of its symbol. */
  readonly open: Map<string, OpenTrip>;
  readonly begun: BegunPositions;
}

/** Told as soon as nothing more can come to it: what is only open for a while costs least. */
class TripMaking<T extends RoundTrip> {
  private readonly as: (trip: RoundTrip) => T;
  private readonly operations: JournalDeal[] = [];
  private readonly accounts = new Map<string, Map<string, SymbolTrips>>();
  /** By the first deal of each; null while it is open. */
  private readonly trips: (T | null)[] = [];

  constructor(as: (trip: RoundTrip) => T) {
    this.as = as;
  }

  add(deal: JournalDeal): void {
    if (deal.kind !== 'buy' && deal.kind !== 'sell') {
      this.operations.push({ ...deal });
      return;
    }
    const ofSymbol = this.tripsOf(deal);
    const before = ofSymbol.open.get(deal.position);
    const after = this.next(before, deal, ofSymbol);
    if (after === before) return;
    if (after) ofSymbol.open.set(deal.position, after);
    else ofSymbol.open.delete(deal.position);
  }

  /** Adds the deal to what is open of its position; answers what is open after it. */
  private next(
    open: OpenTrip | undefined,
    deal: JournalDeal,
    ofSymbol: SymbolTrips,
  ): OpenTrip | undefined {
    const goesOn = open !== undefined && belongs(open, deal);
    if (open && !goesOn) this.end(open);
    const trip = goesOn ? open : this.start(deal, ofSymbol);
    const left = take(trip, deal);
    if (!isFlat(trip)) return trip;
    this.end(trip);
    if (left === 0) return undefined;
    // It turned: what is more than was open begins the next.
    const rest = share(deal, left, units(deal.volumeLots));
    const turned = this.start(rest, ofSymbol);
    take(turned, rest);
    return turned;
  }

  journaled(): Journaled<T> {
    for (const symbols of this.accounts.values())
      for (const { open } of symbols.values()) for (const trip of open.values()) this.end(trip);
    const trips = this.trips.filter((trip) => trip !== null);
    return { trips: trips.sort(byOpening), operations: this.operations.sort(byTime) };
  }

  private tripsOf({ account, symbol }: JournalDeal): SymbolTrips {
    let symbols = this.accounts.get(account);
    if (!symbols) this.accounts.set(account, (symbols = new Map()));
    let known = symbols.get(symbol);
    if (!known) {
      known = { prefix: keyPrefix(account), open: new Map(), begun: new BegunPositions() };
      symbols.set(symbol, known);
    }
    return known;
  }

  private start(deal: JournalDeal, { prefix, begun }: SymbolTrips): OpenTrip {
    const place = this.trips.length;
    this.trips.push(null);
    const ordinal = deal.position === '' ? 1 : begun.count(deal.position);
    return new OpenTrip(deal, { ordinal, prefix, place });
  }

  private end(trip: OpenTrip): void {
    this.trips[trip.place] = this.as(trip);
  }
}

/** How often each was begun. Tickets rise: as long as they do each is new, and none is looked for. */
class BegunPositions {
  private readonly risen: string[] = [];
  private counts: Map<string, number> | null = null;

  /** One more of it; answers how many those are. */
  count(position: string): number {
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
