/** Round trips as a file that leaves the journal: CSV for a spreadsheet, JSON for a program. */
import { csvLine } from '#core/csv-line.ts';
import type { JournalTrip, TripFileKind } from './api.ts';

/** Texts that follow each other; a part is some hundred round trips. */
export function tripFile(trips: readonly JournalTrip[], kind: TripFileKind): string[] {
  return kind === 'csv' ? csvParts(trips) : jsonParts(trips);
}

const partTrips = 500;

const time = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString());
const told = (value: number | null): string | number => value ?? '';

/** Times are UTC. */
const columns: readonly (readonly [string, (trip: JournalTrip) => string | number])[] = [
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
];

function csvParts(trips: readonly JournalTrip[]): string[] {
  const parts = [csvLine(columns.map(([name]) => name))];
  for (let from = 0; from < trips.length; from += partTrips) {
    const lines = trips
      .slice(from, from + partTrips)
      .map((trip) => csvLine(columns.map(([, of]) => of(trip))));
    parts.push(lines.join(''));
  }
  return parts;
}

/** `{ format: 'offing-round-trips', version: 1, roundTrips: [...] }`, times in milliseconds of UTC. */
function jsonParts(trips: readonly JournalTrip[]): string[] {
  const parts = ['{"format":"offing-round-trips","version":1,"roundTrips":[\n'];
  for (let from = 0; from < trips.length; from += partTrips) {
    const rows = trips.slice(from, from + partTrips).map((trip) => JSON.stringify(trip));
    parts.push(`${from > 0 ? ',\n' : ''}${rows.join(',\n')}`);
  }
  parts.push('\n]}\n');
  return parts;
}
