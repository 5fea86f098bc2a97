/** The journal worker: wiring alone. */
import * as Comlink from 'comlink';
import { ok } from '#core/result.ts';
import { Database } from '#workers/store/database.ts';
import { partsOfWorkerName } from '#workers/store/database-names.ts';
import type { JournalTrip, JournalWorker } from './api.ts';
import { followBook } from './followed-book.ts';
import { keepStatement, previewOf, readFile } from './statement-intake.ts';
import type { BookedTrip, TripBook } from './trip-book.ts';
import { filtered, ordered } from './trip-filter.ts';
import { daysOf, summaries } from './trip-sums.ts';

const database = new Database(partsOfWorkerName(self.name).database);
const followed = followBook(database);

async function asked<T>(answer: (book: TripBook) => T) {
  const book = await followed.ready();
  return book.ok ? ok(answer(book.value)) : book;
}

/** What the search looks through stays here. */
function told({ sought, ...trip }: BookedTrip): JournalTrip {
  return trip;
}

const distinct = (values: readonly string[]): readonly string[] =>
  [...new Set(values)].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));

const worker: JournalWorker = {
  async preview(file, choice) {
    const read = await readFile(file, choice);
    return read.ok ? asked((book) => previewOf(read.value, book)) : read;
  },
  async keep(file, choice) {
    const read = await readFile(file, choice);
    if (!read.ok) return read;
    const book = await followed.ready();
    if (!book.ok) return book;
    const { deals } = read.value;
    const added = deals.length - book.value.known(deals);
    const id = crypto.randomUUID();
    const parts = { fileName: file.name, read: read.value, choice, id, nowMs: Date.now() };
    const kept = await keepStatement(database, parts);
    return kept.ok ? ok({ id, added }) : kept;
  },
  trips: ({ order, descending, offset, limit, ...filter }) =>
    asked((book) => {
      const found = filtered(book.all(), filter);
      const window = ordered(found, order, descending).slice(offset, offset + limit);
      return { trips: window.map(told), count: found.length };
    }),
  trip: (id) =>
    asked((book) => {
      const trip = book.trip(id);
      return trip && told(trip);
    }),
  summary: (filter) => asked((book) => summaries(filtered(book.all(), filter))),
  days: (filter, zone) => asked((book) => daysOf(filtered(book.all(), filter), zone)),
  choices: () =>
    asked((book) => {
      const trips = book.all();
      return {
        accounts: distinct(trips.map(({ account }) => account)),
        symbols: distinct(trips.map(({ symbol }) => symbol)),
        tags: distinct(trips.flatMap(({ tags }) => tags)),
        trips: trips.length,
        missing: followed.missing(),
      };
    }),
  async follow(onchange) {
    const book = await followed.ready();
    if (book.ok) followed.onchange(onchange);
    return book.ok ? ok(null) : book;
  },
};
Comlink.expose(worker);
