/** The journal in memory: deals of every source once, the round trips of them, what is written at each. */
import type { TripEdit } from '#core/collections/trip-edit.ts';
import type { TripMark } from '#core/collections/trip-mark.ts';
import { editedTrips, type EditedTrip } from '#core/journal/edited-trips.ts';
import {
  copyOf,
  dealKey,
  joinedDeals,
  passDeals,
  type Deals,
  type JournalDeal,
} from '#core/journal/journal-deal.ts';
import {
  lentWorth,
  needsWorth,
  worthTeller,
  type WorthAsk,
  type WorthTeller,
} from '#core/journal/lent-worth.ts';
import { tripRowsOf, type Journaled } from '#core/journal/round-trips.ts';
import { startBalancesOf } from '#core/journal/trip-units.ts';
import type { JournalTrip } from './api.ts';
import { BareTrip } from './bare-trip.ts';
import { journalTrip } from './journal-trip.ts';
import { currencyTeller } from './trip-currency.ts';
import { idsOf, markAt, unmarked } from './united-marks.ts';

/** Deals that came together: those of a statement, of a connected account, by hand. */
export interface DealSource {
  readonly id: string;
  readonly account: string;
  readonly currency: string | null;
  readonly deals: Deals;
}

export interface TripBook {
  sources(sources: readonly DealSource[]): void;
  /** What was merged and split by hand. */
  edits(edits: readonly TripEdit[]): void;
  marks(marks: readonly TripMark[]): void;
  /** Texts of the notes about round trips, by their ids. */
  notes(texts: ReadonlyMap<string, string>): void;
  /** By time of opening. Most of them are rows, no plain objects: see `plainTrip`. */
  all(): readonly JournalTrip[];
  /** Also by the id of one that is a part of it now. */
  trip(id: string): JournalTrip | null;
  /** Those of these keys, as often as they are told. */
  deals(keys: ReadonlySet<string>): readonly JournalDeal[];
  /** What the search looks through, in lower case; of a round trip of this book. */
  sought(trip: JournalTrip): string;
  /** What its deals say, a line each. */
  comment(trip: JournalTrip): string;
  /** The texts of its notes. */
  note(trip: EditedTrip): string;
  /** What was paid into each account before its first trade, where that is known. */
  startBalances(): ReadonlyMap<string, number>;
  /** Money per unit of price and lot, as round trips near that time tell it. */
  lotWorth(ask: WorthAsk): number | null;
  /** How many of the deals are known. */
  known(deals: readonly JournalDeal[]): number;
  /** How many of them it knows at another time. */
  moved(deals: readonly JournalDeal[]): number;
}

export function tripBook(): TripBook {
  let told: readonly DealSource[] = [];
  let everyDeal = joinedDeals([]);
  let markOf = new Map<string, TripMark>();
  let decided: readonly TripEdit[] = [];
  let noteOf: ReadonlyMap<string, string> = new Map();
  let times: Map<string, number> | null = null;
  let comments: Map<string, string> | null = null;
  let journaled: Journaled<JournalTrip> | null = null;
  let byHand: readonly JournalTrip[] | null = null;
  let booked: readonly JournalTrip[] | null = null;
  let worthOf: WorthTeller | null = null;
  let byId: ReadonlyMap<string, JournalTrip> | null = null;
  let soughtIn = new WeakMap<JournalTrip, string>();

  /** As the deals tell them, with nothing written at them. */
  function built(): Journaled<JournalTrip> {
    if (journaled) return journaled;
    const currencyOf = currencyTeller(told);
    return (journaled = tripRowsOf(
      everyDeal,
      (deal, beginning) => new BareTrip(deal, beginning, currencyOf),
    ));
  }

  /** Most round trips have nothing written at them: those stay as they were made. */
  function book(): readonly JournalTrip[] {
    return edited().map((trip) => {
      const mark = markOf.size === 0 ? undefined : markHere(trip);
      const worth = needsWorth(trip) ? lentWorth(trip, lotWorth) : null;
      if (!mark && worth === null) return trip;
      return journalTrip(trip, mark ?? unmarked, { currency: trip.currency, lentWorth: worth });
    });
  }

  const markHere = (trip: JournalTrip): TripMark | undefined =>
    trip.edited ? markAt(trip, markOf) : markOf.get(trip.id);
  const lotWorth = (ask: WorthAsk) => (worthOf ??= worthTeller(edited()))(ask);

  /** As the trader merged and split them, with nothing written at them. */
  function edited(): readonly JournalTrip[] {
    if (byHand) return byHand;
    const currencyOf = currencyTeller(told);
    const bare = (trip: EditedTrip) =>
      journalTrip(trip, unmarked, { currency: currencyOf(trip), lentWorth: null });
    const using = { deals: dealsOf, currencyOf };
    return (byHand = editedTrips(built().trips, decided, using, bare));
  }

  function dealsOf(wanted: ReadonlySet<string>): readonly JournalDeal[] {
    const found: JournalDeal[] = [];
    passDeals(everyDeal, (deal) => {
      if (wanted.has(dealKey(deal))) found.push(copyOf(deal));
      return true;
    });
    return found;
  }

  function comment({ deals }: JournalTrip): string {
    const said = (comments ??= commentsOf(everyDeal));
    return [...new Set(deals.flatMap((key) => said.get(key) ?? []))].join('\n');
  }
  function note(trip: EditedTrip): string {
    // Most of a hundred thousand are asked about in vain, and each would be looked for by a new text.
    if (noteOf.size === 0) return '';
    return idsOf(trip)
      .flatMap((id) => noteOf.get(id)?.trim() ?? [])
      .join('\n');
  }

  function sought(trip: JournalTrip): string {
    const known = soughtIn.get(trip);
    if (known !== undefined) return known;
    const all = [trip.symbol, ...trip.tags, ...trip.mistakes, comment(trip), note(trip)];
    const text = all.join('\n').toLowerCase();
    soughtIn.set(trip, text);
    return text;
  }
  const current = () => (booked ??= book());

  return {
    sources(sources) {
      told = sources;
      everyDeal = joinedDeals(sources.map(({ deals }) => deals));
      journaled = byHand = booked = worthOf = byId = times = comments = null;
    },
    edits(edits) {
      decided = edits;
      byHand = booked = worthOf = byId = null;
    },
    marks(marks) {
      markOf = new Map(marks.map((mark) => [mark.id, mark]));
      booked = byId = null;
    },
    notes(texts) {
      noteOf = texts;
      soughtIn = new WeakMap();
    },
    all: current,
    trip(id) {
      byId ??= new Map(current().flatMap((trip) => idsOf(trip).map((each) => [each, trip])));
      return byId.get(id) ?? null;
    },
    deals: dealsOf,
    lotWorth,
    sought,
    comment,
    note,
    startBalances: () => startBalancesOf(built().trips, built().operations),
    known(deals) {
      const have = (times ??= timesOf(everyDeal));
      return deals.filter((deal) => have.has(dealKey(deal))).length;
    },
    moved(deals) {
      const have = (times ??= timesOf(everyDeal));
      return deals.filter((deal) => (have.get(dealKey(deal)) ?? deal.atMs) !== deal.atMs).length;
    },
  };
}

function commentsOf(deals: Deals): Map<string, string> {
  const said = new Map<string, string>();
  passDeals(deals, (deal) => {
    if (deal.comment !== '') said.set(dealKey(deal), deal.comment);
    return true;
  });
  return said;
}

/** By their keys. */
function timesOf(deals: Deals): Map<string, number> {
  const times = new Map<string, number>();
  passDeals(deals, (deal) => {
    times.set(dealKey(deal), deal.atMs);
    return true;
  });
  return times;
}
