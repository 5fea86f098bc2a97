/** Round trips as a file that leaves the journal: CSV for a spreadsheet, JSON for a program. */
import { csvLine } from '#core/csv-line.ts';
import type { JournalTrip, TripFileKind } from './api.ts';
import { plainTrip } from './bare-trip.ts';

/** What stands at a round trip in words, or is kept elsewhere by its id. */
export interface TripWritten {
  readonly comment: string;
  readonly playbookName: string | null;
  readonly metCriteria: readonly string[];
  /** Titles and beginnings of its notes. */
  readonly notes: string;
}
export type WrittenOf = (trip: JournalTrip) => TripWritten;

/** Texts that follow each other; a part is some hundred round trips. */
export function tripFile(
  trips: readonly JournalTrip[],
  kind: TripFileKind,
  writtenOf: WrittenOf,
): string[] {
  return kind === 'csv' ? csvParts(trips, writtenOf) : jsonParts(trips, writtenOf);
}

const partTrips = 500;

const time = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString());
const told = (value: number | null | undefined): string | number => value ?? '';

type Told = (trip: JournalTrip, written: TripWritten) => string | number;

/** Times are UTC. Programs know them by name and by place: more are added at the end. */
const columns: readonly (readonly [string, Told])[] = [
  ['Account', ({ account }) => account],
  ['Symbol', ({ symbol }) => symbol],
  ['Side', ({ side }) => side],
  ['Lots', ({ volumeLots }) => volumeLots],
  ['Opened (UTC)', ({ openedMs }) => time(openedMs)],
  ['Closed (UTC)', ({ closedMs }) => time(closedMs)],
  ['In at', ({ entryPrice }) => told(entryPrice)],
  ['Out at', ({ exitPrice }) => told(exitPrice)],
  ['Stop', ({ sl }) => told(sl)],
  ['Target', ({ tp }) => told(tp)],
  ['Before costs', ({ gross }) => gross],
  ['Commission', ({ commission }) => commission],
  ['Fee', ({ fee }) => fee],
  ['Swap', ({ swap }) => swap],
  ['Result', ({ net }) => net],
  ['Currency', ({ currency }) => currency ?? ''],
  ['R', ({ r }) => told(r)],
  ['Rating', ({ rating }) => told(rating)],
  ['Tags', ({ tags }) => tags.join('; ')],
  ['Mistakes', ({ mistakes }) => mistakes.join('; ')],
  ['Id', ({ id }) => id],
  ['Planned stop', ({ plannedSl }) => told(plannedSl)],
  ['Planned target', ({ plannedTp }) => told(plannedTp)],
  ['Playbook', (_, { playbookName }) => playbookName ?? ''],
  ['Criteria met', (_, { metCriteria }) => metCriteria.join('; ')],
  ['Comment', (_, { comment }) => comment],
  ['Notes', (_, { notes }) => notes],
];

function csvParts(trips: readonly JournalTrip[], writtenOf: WrittenOf): string[] {
  const parts = [csvLine(columns.map(([name]) => name))];
  for (let from = 0; from < trips.length; from += partTrips) {
    const lines = trips
      .slice(from, from + partTrips)
      .map((trip) => [trip, writtenOf(trip)] as const)
      .map(([trip, written]) => csvLine(columns.map(([, of]) => of(trip, written))));
    parts.push(lines.join(''));
  }
  return parts;
}

/** `{ format: 'offing-round-trips', version: 1, roundTrips: [...] }`, times in milliseconds of UTC. */
function jsonParts(trips: readonly JournalTrip[], writtenOf: WrittenOf): string[] {
  const parts = ['{"format":"offing-round-trips","version":1,"roundTrips":[\n'];
  for (let from = 0; from < trips.length; from += partTrips) {
    const rows = trips
      .slice(from, from + partTrips)
      .map((trip) => JSON.stringify({ ...plainTrip(trip), ...writtenOf(trip) }));
    parts.push(`${from > 0 ? ',\n' : ''}${rows.join(',\n')}`);
  }
  parts.push('\n]}\n');
  return parts;
}
