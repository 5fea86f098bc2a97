/** The journal in memory: deals of every source once, the round trips of them, what is written at each. */
import type { TripMark } from '#core/collections/trip-mark.ts';
import { dealKey, type JournalDeal } from '#core/journal/journal-deal.ts';
import type { RoundTrip } from '#core/journal/round-trip.ts';
import { roundTripsOf } from '#core/journal/round-trips.ts';
import { rMultiple } from '#core/journal/trip-figures.ts';
import type { JournalTrip } from './api.ts';

/** Deals that came together: those of a statement, of a connected account, by hand. */
export interface DealSource {
  readonly id: string;
  readonly account: string;
  readonly currency: string | null;
  readonly deals: readonly JournalDeal[];
}

/** A round trip and what the search looks through. */
export interface BookedTrip extends JournalTrip {
  readonly sought: string;
}

export interface TripBook {
  sources(sources: readonly DealSource[]): void;
  marks(marks: readonly TripMark[]): void;
  /** Texts of the notes about round trips, by their ids. */
  notes(texts: ReadonlyMap<string, string>): void;
  /** By time of opening. */
  all(): readonly BookedTrip[];
  trip(id: string): BookedTrip | null;
  /** How many of the deals are known. */
  known(deals: readonly JournalDeal[]): number;
}

const none: TripMark = { id: '', tags: [], rating: null, updatedMs: 0 };

export function tripBook(): TripBook {
  let told: readonly DealSource[] = [];
  let markOf = new Map<string, TripMark>();
  let noteOf: ReadonlyMap<string, string> = new Map();
  let keys: Set<string> | null = null;
  let comments: Map<string, string> | null = null;
  let trips: readonly RoundTrip[] | null = null;
  let booked: Map<string, BookedTrip> | null = null;

  const everyDeal = () => told.flatMap(({ deals }) => deals);

  function book(): Map<string, BookedTrip> {
    trips ??= roundTripsOf(everyDeal()).trips;
    comments ??= commentsOf(everyDeal());
    const said = comments;
    const currencies = new Map<string, string>();
    for (const { account, currency } of told) if (currency) currencies.set(account, currency);
    const joined = trips.map((trip): BookedTrip => {
      const { tags, rating } = markOf.get(trip.id) ?? none;
      const words = trip.deals.map((key) => said.get(key) ?? '');
      const sought = [trip.symbol, ...tags, ...words, noteOf.get(trip.id) ?? ''];
      return {
        ...trip,
        ...{ tags, rating, currency: currencies.get(trip.account) ?? null },
        r: rMultiple(trip, trip),
        sought: sought.join('\n').toLowerCase(),
      };
    });
    return new Map(joined.map((trip) => [trip.id, trip]));
  }
  const current = () => (booked ??= book());

  return {
    sources(sources) {
      told = sources;
      trips = booked = keys = comments = null;
    },
    marks(marks) {
      markOf = new Map(marks.map((mark) => [mark.id, mark]));
      booked = null;
    },
    notes(texts) {
      noteOf = texts;
      booked = null;
    },
    all: () => [...current().values()],
    trip: (id) => current().get(id) ?? null,
    known(deals) {
      keys ??= new Set(everyDeal().map(dealKey));
      const have = keys;
      return deals.filter((deal) => have.has(dealKey(deal))).length;
    },
  };
}

function commentsOf(deals: readonly JournalDeal[]): Map<string, string> {
  const said = deals.filter(({ comment }) => comment !== '');
  return new Map(said.map((deal) => [dealKey(deal), deal.comment]));
}
