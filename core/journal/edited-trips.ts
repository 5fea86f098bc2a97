/**
 * Round trips as the trader merged and split them by hand.
 *
 * The same decisions come to the same in whatever order they were made or arrive. First round trips
 * are split at every deal that a decision names, then the parts that are one are put together, all
 * that are linked by any merge. What does not fit, a deal that is gone for example, is left out.
 */
import type { NamedTrip, TripEdit } from '../collections/trip-edit.ts';
import { dealKey, type JournalDeal } from './journal-deal.ts';
import { mergeTrips, type DealsOf } from './merge-trips.ts';
import { byOpening, type RoundTrip } from './round-trip.ts';
import { splitTrip } from './split-trip.ts';
import type { TripLeg } from './trip-legs.ts';
import { cutAt, portionsOf, type DealShare } from './trip-portions.ts';

/** What was done to a round trip by hand. */
export interface TripEdited {
  /** Those it was put together of, or itself: what is written at any of them is written at it. */
  readonly ids: readonly string[];
  /** How decisions name them: of a part in all the ways, of one that was put together once each. */
  readonly named: readonly NamedTrip[];
  /** Ids of the decisions that put it together, and that parted it from others. */
  readonly merges: readonly string[];
  readonly splits: readonly string[];
  /** What of each of its deals is its own, in order of time. */
  readonly shares: readonly DealShare[];
  /** Each time that it was open, where there was a time between in which nothing was. */
  readonly legs?: readonly TripLeg[];
}

export interface EditedTrip extends RoundTrip {
  readonly edited?: TripEdited;
}

export interface EditedWith {
  /** Every deal of these keys, as often as it is told. */
  deals(keys: ReadonlySet<string>): readonly JournalDeal[];
  currencyOf(trip: RoundTrip): string | null;
}

/** Why round trips cannot be one; `parts`: with those that they were merged of they are too many. */
export type MergeFault =
  'one' | 'account' | 'symbol' | 'side' | 'currency' | 'missing' | 'many' | 'parts';

/** Those that no decision is about stay the very same; `as` makes more of each of the others. */
export function editedTrips<T extends RoundTrip>(
  trips: readonly T[],
  edits: readonly TripEdit[],
  using: EditedWith,
  as: (trip: EditedTrip) => T,
): readonly T[] {
  if (edits.length === 0) return trips;
  const places = placesOf(trips, edits);
  const deals = dealsAtOnce(places, using);
  const parts = splitParts(places, edits, deals);
  const groups = mergeGroups(places, parts, edits, using);
  const replaced = new Map<string, readonly EditedTrip[]>();
  for (const [id, each] of parts) replaced.set(id, each);
  const merged: T[] = [];
  for (const group of groups) {
    merged.push(as(asOne(group, deals)));
    for (const { base, trip } of group.members) {
      const left = (replaced.get(base.id) ?? [base]).filter(({ id }) => id !== trip.id);
      replaced.set(base.id, left);
    }
  }
  const kept = trips.flatMap(
    (trip): readonly T[] => replaced.get(trip.id)?.map((each) => as(each)) ?? [trip],
  );
  return [...kept, ...merged].sort(byOpening);
}

/** How a decision names it. */
export function namedTrips(trip: EditedTrip): readonly NamedTrip[] {
  const [deal = ''] = trip.deals;
  const { named, merges = [] } = trip.edited ?? {};
  return (merges.length > 0 ? named : named?.slice(0, 1)) ?? [{ deal, cut: null }];
}

/** Null where they can be one. */
export function mergeFault<T extends RoundTrip>(
  trips: readonly T[],
  currencyOf: (trip: T) => string | null,
): MergeFault | null {
  const [first, ...others] = trips;
  if (!first || others.length === 0) return 'one';
  const differs = (of: (trip: T) => unknown) => others.some((each) => of(each) !== of(first));
  if (differs(({ account }) => account)) return 'account';
  if (differs(({ symbol }) => symbol)) return 'symbol';
  if (differs(({ side }) => side)) return 'side';
  if (differs(currencyOf)) return 'currency';
  return trips.every(({ isWhole }) => isWhole) ? null : 'missing';
}

/** Where the deals that decisions name stand. */
interface Places {
  readonly begins: ReadonlyMap<string, RoundTrip>;
  readonly holds: ReadonlyMap<string, RoundTrip>;
}

function placesOf(trips: readonly RoundTrip[], edits: readonly TripEdit[]): Places {
  const named = new Set(edits.flatMap(({ trips, at }) => [at, ...trips.map(({ deal }) => deal)]));
  const begins = new Map<string, RoundTrip>();
  const holds = new Map<string, RoundTrip>();
  for (const trip of trips) {
    trip.deals.forEach((key, at) => {
      if (named.has(key)) (at === 0 ? begins : holds).set(key, trip);
    });
  }
  return { begins, holds };
}

/** Asked for once: of a hundred thousand they are looked for one by one. */
function dealsAtOnce({ begins, holds }: Places, using: EditedWith): DealsOf {
  const wanted = [...begins.values(), ...holds.values()].flatMap(({ deals }) => deals);
  const known = new Map<string, JournalDeal[]>();
  for (const deal of using.deals(new Set(wanted))) {
    const key = dealKey(deal);
    known.set(key, [...(known.get(key) ?? []), deal]);
  }
  return (keys) => keys.flatMap((key) => known.get(key) ?? []);
}

/** Parts by the ids of the round trips that were split. */
function splitParts(
  { holds }: Places,
  edits: readonly TripEdit[],
  dealsOf: DealsOf,
): ReadonlyMap<string, readonly EditedTrip[]> {
  const cuts = new Map<RoundTrip, TripEdit[]>();
  for (const edit of edits) {
    const trip = edit.kind === 'split' && edit.at !== null ? holds.get(edit.at) : undefined;
    if (trip) cuts.set(trip, [...(cuts.get(trip) ?? []), edit]);
  }
  const parts = new Map<string, readonly EditedTrip[]>();
  for (const [trip, splits] of cuts) {
    const portions = portionsOf(trip, dealsOf(trip.deals));
    // Two deals may name one place: the part that begins there goes by the one that sorts first.
    const keys = new Map<number, string[]>();
    for (const { at } of splits) {
      const cut = portions && cutAt(portions, at!);
      if (cut !== null) keys.set(cut, [...(keys.get(cut) ?? []), at!].sort());
    }
    if (!portions || keys.size === 0) continue;
    const ordered = [...keys].toSorted(([a], [b]) => a - b);
    const ids = splits.map(({ id }) => id).sort();
    const made = splitTrip(
      trip,
      portions,
      ordered.map(([cut]) => cut),
    );
    const [deal = ''] = trip.deals;
    parts.set(
      trip.id,
      made.map(({ shares, ...each }, n) => {
        const names: readonly (string | null)[] = ordered[n - 1]?.[1] ?? [null];
        const [cut = null] = names;
        const id = cut === null ? trip.id : `${trip.id}~${cut.slice(trip.account.length + 1)}`;
        const named = names.map((each) => ({ deal, cut: each }));
        const edited = { ids: [id], named, merges: [], splits: ids, shares };
        return { ...each, id, edited };
      }),
    );
  }
  return parts;
}

interface Member {
  readonly base: RoundTrip;
  readonly trip: EditedTrip;
}
interface Group {
  readonly members: readonly Member[];
  readonly merges: readonly string[];
}

/** Those that merges link, all that fit. */
function mergeGroups(
  { begins, holds }: Places,
  parts: ReadonlyMap<string, readonly EditedTrip[]>,
  edits: readonly TripEdit[],
  { currencyOf }: EditedWith,
): readonly Group[] {
  const groupOf = new Map<string, { members: Map<string, Member>; merges: string[] }>();
  for (const edit of edits) {
    if (edit.kind !== 'merge') continue;
    const members = edit.trips.map((named): Member | null => {
      const base = begins.get(named.deal) ?? holds.get(named.deal);
      if (!base) return null;
      const [first = base, ...later] = parts.get(base.id) ?? [];
      const isAsked = ({ edited }: EditedTrip) =>
        edited?.named.some(({ cut }) => cut === named.cut);
      const trip = named.cut === null ? first : later.find(isAsked);
      return trip ? { base, trip } : null;
    });
    const all = members.filter((member) => member !== null);
    const known = new Map(all.map((member) => [member.trip.id, member]));
    const trips = [...known.values()].map(({ trip }) => trip);
    if (all.length < members.length || mergeFault(trips, currencyOf) !== null) continue;
    const group = { members: known, merges: [edit.id] };
    for (const id of [...known.keys()]) {
      const other = groupOf.get(id);
      if (!other || other === group) continue;
      for (const [each, member] of other.members) group.members.set(each, member);
      group.merges.push(...other.merges.filter((each) => !group.merges.includes(each)));
      for (const each of other.members.keys()) groupOf.set(each, group);
    }
    for (const id of group.members.keys()) groupOf.set(id, group);
  }
  return [...new Set(groupOf.values())].map(({ members, merges }) => ({
    members: [...members.values()].toSorted((a, b) => byOpening(a.trip, b.trip)),
    merges: merges.toSorted(),
  }));
}

/** As one, with what was decided about it. */
function asOne({ members, merges }: Group, dealsOf: DealsOf): EditedTrip {
  const trips = members.map(({ trip }) => trip);
  const { shares, legs, ...whole } = mergeTrips(trips, dealsOf);
  return {
    ...whole,
    edited: {
      ids: trips.map(({ id }) => id),
      named: trips.flatMap(namedTrips),
      merges,
      splits: [...new Set(trips.flatMap(({ edited }) => edited?.splits ?? []))].sort(),
      shares,
      ...(legs && { legs }),
    },
  };
}
