/** What round trips can have in common: one line each in the registry below. */
import { DAY_MS } from '../market/timeframe.ts';
import { marketSessions } from '../market/sessions.ts';
import { newsKeyOf, type NewsBook, type NewsWindow } from './news.ts';
import { wallClock, type WallClock } from '../market/wall-clock.ts';
import type { ReportedTrip } from './trip-units.ts';

/** Lower ends of the classes but for the first, which begins at nothing. */
export const heldFromMs = [1, 5, 15, 60, 240, 1440, 10_080].map((minutes) => minutes * 60_000);
export const volumeFromLots: readonly number[] = [0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** What a round trip has that has none of it, or of which it is not known. */
export const noKey = '';
/** Key of a round trip that was opened while no centre was at work. */
export const outsideSessions = 'none';

/** One key, or those of all groups that it is in; never none. */
type KeysOf = (trip: ReportedTrip) => string | readonly string[];

interface GroupKindPlan {
  /** A round trip may be in several of its groups, whose sums are then more than the whole. */
  readonly overlaps?: true;
  /** Its groups stand by their keys as numbers; else the one of most round trips comes first. */
  readonly byNumber?: true;
  /** Hours and days are those of the clock that is handed in. */
  keys(clock: WallClock, news: KeysOf): KeysOf;
}

const plans = {
  symbol: { keys: () => (trip) => trip.symbol },
  side: { keys: () => (trip) => trip.side },
  /** Monday is 1. */
  weekday: { byNumber: true, keys: (clock) => atOpening((ms) => weekdayOf(clock(ms))) },
  hour: { byNumber: true, keys: (clock) => atOpening((ms) => hourOf(clock(ms))) },
  session: { overlaps: true, keys: sessionKeys },
  /** Of the closing; `202611`. */
  month: { byNumber: true, keys: monthKeys },
  tag: { overlaps: true, keys: () => (trip) => orNone(trip.tags) },
  playbook: { keys: () => (trip) => trip.playbook ?? noKey },
  mistake: { overlaps: true, keys: () => (trip) => orNone(trip.mistakes) },
  rating: {
    byNumber: true,
    keys: () => (trip) => (trip.rating === null ? noKey : String(trip.rating)),
  },
  /** Of its currencies, around the opening. */
  news: { keys: (_clock, news) => news },
  held: { byNumber: true, keys: () => heldKey },
  volume: { byNumber: true, keys: () => (trip) => classOf(volumeFromLots, trip.volumeLots) },
  account: { keys: () => (trip) => trip.account },
} satisfies Record<string, GroupKindPlan>;

export type GroupKind = keyof typeof plans;
export const groupKinds = Object.keys(plans) as readonly GroupKind[];

export interface KeyAsk {
  /** Of the clock whose days and hours count. */
  readonly zone: string;
  /** Left out: no calendar of news is known. */
  readonly news?: { readonly book: NewsBook; readonly window: NewsWindow } | null;
}

/** The keys of a round trip among the groups of a kind. */
export function keysFor(kind: GroupKind, { zone, news = null }: KeyAsk): KeysOf {
  const newsKey = news && newsKeyOf(news.book, news.window);
  return plans[kind].keys(wallClock(zone), (trip) => newsKey?.(trip) ?? noKey);
}

export function groupKind(kind: GroupKind): GroupKindPlan {
  return plans[kind];
}

const orNone = (keys: readonly string[]) => (keys.length === 0 ? noKey : keys);

/** `2`: at or above the second of the ends, below the third. */
function classOf(from: readonly number[], value: number): string {
  let at = 0;
  while (at < from.length && value >= from[at]!) at++;
  return String(at);
}

function heldKey({ isWhole, openedMs, closedMs }: ReportedTrip): string {
  return isWhole && closedMs !== null ? classOf(heldFromMs, closedMs - openedMs) : noKey;
}

/** Of a round trip whose opening is not known nothing is said. */
function atOpening<T extends string | readonly string[]>(keyAt: (openedMs: number) => T) {
  return (trip: ReportedTrip) => (trip.isWhole ? keyAt(trip.openedMs) : noKey);
}

const hours = Array.from({ length: 24 }, (_, hour) => String(hour));
const weekdays = ['1', '2', '3', '4', '5', '6', '7'];

const intoDay = (wallMs: number): number => wallMs - Math.floor(wallMs / DAY_MS) * DAY_MS;
const hourOf = (wallMs: number): string => hours[Math.floor(intoDay(wallMs) / 3_600_000)]!;
/** 1 January 1970 was a Thursday. */
const weekdayAt = (wallMs: number): number => (((Math.floor(wallMs / DAY_MS) + 3) % 7) + 7) % 7;
const weekdayOf = (wallMs: number): string => weekdays[weekdayAt(wallMs)]!;

function monthKeys(clock: WallClock): KeysOf {
  return ({ closedMs }) => {
    if (closedMs === null) return noKey;
    const wall = new Date(clock(closedMs));
    return String(wall.getUTCFullYear() * 100 + wall.getUTCMonth() + 1);
  };
}

/** The centres at work at the opening, on working days there. */
function sessionKeys(): KeysOf {
  const all = centres();
  return atOpening((openedMs) => {
    const open = all.filter(({ isOpen }) => isOpen(openedMs));
    return open.length === 0 ? outsideSessions : open.map(({ name }) => name);
  });
}

/** Whether a centre was at work then; of `outsideSessions` whether none was. Asks no more than it must. */
export function sessionTest(key: string): (utcMs: number) => boolean {
  const all = centres();
  if (key === outsideSessions) return (utcMs) => !all.some(({ isOpen }) => isOpen(utcMs));
  return all.find(({ name }) => name === key)?.isOpen ?? (() => false);
}

function centres() {
  return marketSessions.map(({ name, zone, fromMs, lengthMs }) => {
    const clock = wallClock(zone);
    const isOpen = (utcMs: number): boolean => {
      const wallMs = clock(utcMs);
      const since = intoDay(wallMs) - fromMs;
      return weekdayAt(wallMs) < 5 && since >= 0 && since < lengthMs;
    };
    return { name, isOpen };
  });
}
