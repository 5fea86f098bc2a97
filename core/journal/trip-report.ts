/** All that a report shows of round trips: their figures, those of every group, curves, how R is spread. */
import { histogram, type Histogram } from '../statistics/histogram.ts';
import { addTo, figuresOf, noSums, type GroupFigures, type GroupSums } from './group-figures.ts';
import {
  groupKind,
  groupKinds,
  keysFor,
  noKey,
  type GroupKind,
  type KeyAsk,
} from './group-kinds.ts';
import { curveOf, streaksOf, type Streaks, type TripCurve } from './trip-curve.ts';
import {
  baseOf,
  valueIn,
  type PercentBase,
  type ReportedTrip,
  type TripUnit,
  type TripValue,
} from './trip-units.ts';

export interface ReportAsk extends KeyAsk {
  readonly unit: TripUnit;
  /** Of money and percent of it: never added up with another; left out = that of most round trips. */
  readonly currency?: string | null;
  readonly startBalances: ReadonlyMap<string, number>;
}

export interface TripGroup extends GroupFigures {
  readonly key: string;
}

export interface TagCurve {
  readonly tag: string;
  readonly curve: TripCurve;
}

export interface TripReport {
  readonly unit: TripUnit;
  /** What money is in, and what percent are of; no matter in another unit. */
  readonly currency: string | null;
  /** Of the closed ones, in percent of those alone that can be told in it; that of most first. */
  readonly currencies: readonly (string | null)[];
  /** What percent are of; null in another unit. */
  readonly base: PercentBase | null;
  /** Closed ones that cannot be told in the unit: they count nowhere. */
  readonly untold: number;
  readonly whole: GroupFigures;
  readonly streaks: Streaks;
  readonly groups: Readonly<Record<GroupKind, readonly TripGroup[]>>;
  readonly curve: TripCurve;
  /** Of the tags that most have. */
  readonly tagCurves: readonly TagCurve[];
  /** Of R, in whatever unit the report is; null without a stop anywhere. */
  readonly spreadR: Histogram | null;
}

const curvePoints = 800;
const tagPoints = 200;
const mostTagCurves = 5;
const mostBins = 30;

export function tripReport(trips: readonly ReportedTrip[], ask: ReportAsk): TripReport {
  const { currency, currencies, base, counted, untold } = counting(trips, ask);
  counted.sort((a, b) => a.closedMs - b.closedMs || a.trip.openedMs - b.trip.openedMs);
  const whole = noSums();
  for (const { trip, value } of counted) addTo(whole, value, trip.r);
  const values = Float64Array.from(counted, ({ value }) => value);
  const groups = Object.fromEntries(
    groupKinds.map((kind) => [kind, groupsBy(kind, counted, ask)]),
  ) as Record<GroupKind, readonly TripGroup[]>;
  const withR = counted.map(({ trip }) => trip.r).filter((r) => r !== null);
  return {
    ...{ unit: ask.unit, currency, currencies, base, untold },
    whole: figuresOf(whole),
    streaks: streaksOf(values),
    groups,
    curve: curveIn(counted, curvePoints),
    tagCurves: groups.tag
      .filter(({ key }) => key !== noKey)
      .slice(0, mostTagCurves)
      .map(({ key }) => tagCurve(key, counted)),
    spreadR: histogram(Float64Array.from(withR), mostBins),
  };
}

/** A round trip that counts: closed, of the currency, and with a value in the unit. */
export interface CountedValue {
  readonly trip: ReportedTrip;
  readonly closedMs: number;
  readonly value: number;
}

/** What of round trips counts, and in which unit. */
export interface Counting {
  readonly currency: string | null;
  readonly currencies: readonly (string | null)[];
  readonly base: PercentBase | null;
  readonly valueOf: TripValue;
  readonly counted: CountedValue[];
  readonly untold: number;
}

export function counting(trips: readonly ReportedTrip[], ask: ReportAsk): Counting {
  const { unit, startBalances } = ask;
  const closed = trips.filter(({ closedMs }) => closedMs !== null);
  const isPercent = unit === 'percent';
  const able = isPercent ? closed.filter(({ account }) => startBalances.has(account)) : closed;
  const currencies = byCount(able);
  const currency = ask.currency !== undefined ? ask.currency : (currencies[0] ?? null);
  const isOfMoney = isPercent || unit === 'money';
  const own = isOfMoney ? able.filter((trip) => trip.currency === currency) : able;
  const base = isPercent ? baseOf(own, startBalances) : null;
  const valueOf = valueIn(unit, base);
  const counted: CountedValue[] = [];
  let untold = closed.length - able.length;
  for (const trip of own) {
    const value = valueOf(trip);
    if (value === null) untold++;
    else counted.push({ trip, closedMs: trip.closedMs!, value });
  }
  return { currency, currencies, base, valueOf, counted, untold };
}

function byCount(trips: readonly ReportedTrip[]): readonly (string | null)[] {
  const counts = new Map<string | null, number>();
  for (const { currency } of trips) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([currency]) => currency);
}

function groupsBy(
  kind: GroupKind,
  counted: readonly CountedValue[],
  ask: KeyAsk,
): readonly TripGroup[] {
  const { byNumber = false } = groupKind(kind);
  const keysOf = keysFor(kind, ask);
  const groups = new Map<string, GroupSums>();
  const add = (key: string, { trip, value }: CountedValue) => {
    let sums = groups.get(key);
    if (!sums) groups.set(key, (sums = noSums()));
    addTo(sums, value, trip.r);
  };
  for (const each of counted) {
    const found = keysOf(each.trip);
    if (typeof found === 'string') add(found, each);
    else for (const key of found) add(key, each);
  }
  const told = Array.from(groups, ([key, sums]): TripGroup => ({ key, ...figuresOf(sums) }));
  return told.sort(
    (a, b) =>
      Number(a.key === noKey) - Number(b.key === noKey) ||
      (byNumber ? Number(a.key) - Number(b.key) : b.trips - a.trips) ||
      (a.key < b.key ? -1 : 1),
  );
}

function curveIn(counted: readonly CountedValue[], limit: number): TripCurve {
  const timesMs = Float64Array.from(counted, ({ closedMs }) => closedMs);
  return curveOf(
    timesMs,
    Float64Array.from(counted, ({ value }) => value),
    limit,
  );
}

function tagCurve(tag: string, counted: readonly CountedValue[]): TagCurve {
  const own = counted.filter(({ trip }) => trip.tags.includes(tag));
  return { tag, curve: curveIn(own, tagPoints) };
}
