/**
 * What else a list of round trips can be kept to: one line each in the registry below.
 *
 * What is asked is a text, as views and addresses keep it: `from..until` of a span, both within and
 * either left out; `yes` or `no`; else one of the keys. A text that says nothing leaves everything.
 */
import { marketSessions } from '../market/sessions.ts';
import { keysFor, outsideSessions, sessionTest } from './group-kinds.ts';
import { handIdsOf } from './hand-deals.ts';
import type { EditedTrip } from './edited-trips.ts';
import { heldMs, planOf } from './trip-figures.ts';
import type { ReportedTrip } from './trip-units.ts';

export type FilteredTrip = ReportedTrip & EditedTrip;

export interface FilterKnowledge {
  /** Of the clock whose days and hours count. */
  readonly zone: string;
  readonly isNoted: (trip: FilteredTrip) => boolean;
}

type Test = (trip: FilteredTrip) => boolean;

interface MoreFilter {
  /** How it is asked: for a span of figures, whether or not, for one of these keys. */
  readonly ask: 'span' | 'whether' | readonly string[];
  /** Null: what is asked says nothing. */
  test(asked: string, known: FilterKnowledge): Test | null;
}

const plans = {
  result: span((trip) => (trip.closedMs === null ? null : trip.net)),
  r: span((trip) => trip.r),
  /** Minutes. */
  held: span(heldMinutes),
  volume: span((trip) => trip.volumeLots),
  rating: span((trip) => trip.rating),
  note: whether((trip, { isNoted }) => isNoted(trip)),
  tagged: whether((trip) => trip.tags.length > 0),
  mistaken: whether((trip) => trip.mistakes.length > 0),
  byPlaybook: whether((trip) => trip.playbook !== null),
  /** Planned or told. */
  stop: whether((trip) => planOf(trip).sl !== null),
  target: whether((trip) => planOf(trip).tp !== null),
  hand: whether((trip) => handIdsOf(trip.edited?.ids ?? [trip.id]).length > 0),
  /** Merged or split. */
  edited: whether((trip) => trip.edited !== undefined),
  // Those that ask a clock are the slowest, and are asked of what the others leave.
  weekday: weekdayKey(),
  hour: hourSpan(),
  session: sessionKey(),
} satisfies Record<string, MoreFilter>;

export type MoreFilterName = keyof typeof plans;
export const moreFilterNames = Object.keys(plans) as readonly MoreFilterName[];
/** What is asked of each; what is left out does not matter. */
export type MoreAsked = Readonly<Partial<Record<MoreFilterName, string>>>;

export const moreFilterAsk = (name: MoreFilterName): MoreFilter['ask'] => plans[name].ask;

export function moreFilterTests(asked: MoreAsked, known: FilterKnowledge): readonly Test[] {
  return moreFilterNames.flatMap((name) => {
    const wanted = asked[name];
    return (wanted === undefined ? null : plans[name].test(wanted, known)) ?? [];
  });
}

/** Whether it can be asked so; what cannot, as of an address that was cut, counts as not asked. */
export function isAskable(name: MoreFilterName, asked: string): boolean {
  const { ask } = plans[name];
  if (ask === 'span') return spanOf(asked) !== null;
  return (ask === 'whether' ? ['yes', 'no'] : ask).includes(asked);
}

export interface Span {
  readonly from: number | null;
  readonly until: number | null;
}

/** Null for what is none, and for one without an end. */
export function spanOf(text: string): Span | null {
  const ends = text.split('..');
  if (ends.length !== 2) return null;
  const [from, until] = ends.map((end) => (end.trim() === '' ? null : Number(end)));
  if (from === undefined || until === undefined || (from === null && until === null)) return null;
  return [from, until].every((end) => end === null || Number.isFinite(end))
    ? { from, until }
    : null;
}

/** Empty without an end. */
export function spanText({ from, until }: Span): string {
  return from === null && until === null ? '' : `${from ?? ''}..${until ?? ''}`;
}

function span(figureOf: (trip: FilteredTrip) => number | null): MoreFilter {
  return {
    ask: 'span',
    test(asked) {
      const wanted = spanOf(asked);
      if (!wanted) return null;
      const [from, until] = [wanted.from ?? -Infinity, wanted.until ?? Infinity];
      return (trip) => {
        const figure = figureOf(trip);
        return figure !== null && figure >= from && figure <= until;
      };
    },
  };
}

function whether(has: (trip: FilteredTrip, known: FilterKnowledge) => boolean): MoreFilter {
  return {
    ask: 'whether',
    test(asked, known) {
      if (asked === 'yes') return (trip) => has(trip, known);
      return asked === 'no' ? (trip) => !has(trip, known) : null;
    },
  };
}

/** Of the opening, as the reports group them. */
function weekdayKey(): MoreFilter {
  const keys = ['1', '2', '3', '4', '5', '6', '7'];
  return {
    ask: keys,
    test(asked, { zone }) {
      if (!keys.includes(asked)) return null;
      const keyOf = keysFor('weekday', { zone });
      return (trip) => keyOf(trip) === asked;
    },
  };
}

function sessionKey(): MoreFilter {
  const keys: readonly string[] = [...marketSessions.map(({ name }) => name), outsideSessions];
  return {
    ask: keys,
    test(asked) {
      if (!keys.includes(asked)) return null;
      const isThen = sessionTest(asked);
      return ({ isWhole, openedMs }) => isWhole && isThen(openedMs);
    },
  };
}

/** Full hours of the opening, both within; from a later one to an earlier one is over midnight. */
function hourSpan(): MoreFilter {
  return {
    ask: 'span',
    test(asked, { zone }) {
      const wanted = spanOf(asked);
      if (!wanted) return null;
      const keyOf = keysFor('hour', { zone });
      const { from, until } = { from: wanted.from ?? 0, until: wanted.until ?? 23 };
      const isOvernight = from > until;
      return (trip) => {
        if (!trip.isWhole) return false;
        const hour = Number(keyOf(trip));
        return isOvernight ? hour >= from || hour <= until : hour >= from && hour <= until;
      };
    },
  };
}

function heldMinutes(trip: FilteredTrip): number | null {
  const ms = heldMs(trip);
  return ms === null ? null : ms / 60_000;
}
