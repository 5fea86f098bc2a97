/** The journal in memory: deals of every source once, the round trips of them, what is written at each. */
import type { TripMark } from '#core/collections/trip-mark.ts';
import { dealKey, type JournalDeal } from '#core/journal/journal-deal.ts';
import { roundTripsOf, type Journaled } from '#core/journal/round-trips.ts';
import { rMultiple } from '#core/journal/trip-figures.ts';
import { startBalancesOf } from '#core/journal/trip-units.ts';
import type { JournalTrip } from './api.ts';
import { currencyTeller } from './trip-currency.ts';

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
  /** What was paid into each account before its first trade, where that is known. */
  startBalances(): ReadonlyMap<string, number>;
  /** How many of the deals are known. */
  known(deals: readonly JournalDeal[]): number;
}

const none: TripMark = { id: '', tags: [], met: [], mistakes: [], updatedMs: 0 };

export function tripBook(): TripBook {
  let told: readonly DealSource[] = [];
  let markOf = new Map<string, TripMark>();
  let noteOf: ReadonlyMap<string, string> = new Map();
  let keys: Set<string> | null = null;
  let comments: Map<string, string> | null = null;
  let journaled: Journaled | null = null;
  let booked: readonly JournalTrip[] | null = null;
  let byId: ReadonlyMap<string, JournalTrip> | null = null;
  const soughtIn = new WeakMap<JournalTrip, string>();

  const everyDeal = () => told.flatMap(({ deals }) => deals);

  const built = () => (journaled ??= roundTripsOf(everyDeal()));

  function book(): readonly JournalTrip[] {
    const currencyOf = currencyTeller(told);
    return built().trips.map((trip): JournalTrip => {
      const { tags, rating = null, playbook = null, met, mistakes } = markOf.get(trip.id) ?? none;
      return {
        ...trip,
        tags,
        rating,
        playbook,
        met,
        mistakes,
        currency: currencyOf(trip),
        r: rMultiple(trip, trip),
      };
    });
  }
  function sought(trip: JournalTrip): string {
    const known = soughtIn.get(trip);
    if (known !== undefined) return known;
    const said = (comments ??= commentsOf(everyDeal()));
    const words = trip.deals.map((key) => said.get(key) ?? '');
    const all = [trip.symbol, ...trip.tags, ...trip.mistakes, ...words, noteOf.get(trip.id) ?? ''];
    const text = all.join('\n').toLowerCase();
    soughtIn.set(trip, text);
    return text;
  }
  const current = () => (booked ??= book());

  return {
    sources(sources) {
      told = sources;
      journaled = booked = byId = keys = comments = null;
    },
    marks(marks) {
      markOf = new Map(marks.map((mark) => [mark.id, mark]));
      booked = byId = null;
    },
    notes(texts) {
      noteOf = texts;
      booked = byId = null;
    },
    all: current,
    trip(id) {
      byId ??= new Map(current().map((trip) => [trip.id, trip]));
      return byId.get(id) ?? null;
    },
    sought,
    startBalances: () => startBalancesOf(built().trips, built().operations),
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
