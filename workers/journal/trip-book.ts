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

export interface TripBook {
  sources(sources: readonly DealSource[]): void;
  marks(marks: readonly TripMark[]): void;
  /** Texts of the notes about round trips, by their ids. */
  notes(texts: ReadonlyMap<string, string>): void;
  /** By time of opening. */
  all(): readonly JournalTrip[];
  trip(id: string): JournalTrip | null;
  /** What the search looks through, in lower case; of a round trip of this book. */
  sought(trip: JournalTrip): string;
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
  let booked: Map<string, JournalTrip> | null = null;
  const soughtIn = new WeakMap<JournalTrip, string>();

  const everyDeal = () => told.flatMap(({ deals }) => deals);

  function book(): Map<string, JournalTrip> {
    trips ??= roundTripsOf(everyDeal()).trips;
    const currencies = new Map<string, string>();
    for (const { account, currency } of told) if (currency) currencies.set(account, currency);
    const joined = trips.map((trip): JournalTrip => {
      const { tags, rating } = markOf.get(trip.id) ?? none;
      return {
        ...trip,
        tags,
        rating,
        currency: currencies.get(trip.account) ?? null,
        r: rMultiple(trip, trip),
      };
    });
    return new Map(joined.map((trip) => [trip.id, trip]));
  }
  function sought(trip: JournalTrip): string {
    const known = soughtIn.get(trip);
    if (known !== undefined) return known;
    const said = (comments ??= commentsOf(everyDeal()));
    const words = trip.deals.map((key) => said.get(key) ?? '');
    const all = [trip.symbol, ...trip.tags, ...words, noteOf.get(trip.id) ?? ''];
    const text = all.join('\n').toLowerCase();
    soughtIn.set(trip, text);
    return text;
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
    sought,
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
