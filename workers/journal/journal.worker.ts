/** The journal worker: wiring alone. */
import * as Comlink from 'comlink';
import { compareText } from '#core/compare-text.ts';
import { fail, ok } from '#core/result.ts';
import { Database } from '#workers/store/database.ts';
import { partsOfWorkerName } from '#workers/store/database-names.ts';
import { storeFailure } from '#workers/store/failure.ts';
import type { JournalWorker, ReportQuestion } from './api.ts';
import { plainTrip } from './bare-trip.ts';
import { followBook } from './followed-book.ts';
import { readNews } from './news-file.ts';
import { handHints } from './hand-hints.ts';
import { newsShelf } from './news-shelf.ts';
import { fileReading, keepStatement, knownIn, previewOf } from './statement-intake.ts';
import { excursionsOf, measuredWhatIf, measuredWhileOpen } from './measured-answers.ts';
import { measured, type KnownExcursions } from './trip-bars.ts';
import { tripFile } from './trip-file.ts';
import { writtenAt } from './trip-written.ts';
import type { TripBook } from './trip-book.ts';
import { markIds, mergePlan, tripDeals } from './trip-editing.ts';
import { filtered, windowOf } from './trip-filter.ts';
import { compareGroups } from '#core/journal/compare-groups.ts';
import { goalDaysOf } from '#core/journal/goal-days.ts';
import { mistakeSums, playbookSums } from '#core/journal/mark-sums.ts';
import { tripReport, type ReportAsk } from '#core/journal/trip-report.ts';
import { daysOf, summaries } from '#core/journal/trip-sums.ts';

const database = new Database(partsOfWorkerName(self.name).database);
const followed = followBook(database);
const files = fileReading();
const shelf = newsShelf(database);
const excursions: KnownExcursions = new WeakMap();

async function asked<T>(answer: (book: TripBook) => T) {
  const book = await followed.ready();
  return book.ok ? ok(answer(book.value)) : book;
}

/** With what only the worker knows: what was paid in, and which news there were. */
async function newsed<T>(
  { newsWindow }: ReportQuestion,
  answer: (book: TripBook, told: Pick<ReportAsk, 'startBalances' | 'news'>) => T,
) {
  const news = newsWindow ? await shelf.book() : ok(null);
  if (!news.ok) return news;
  return asked((book) =>
    answer(book, {
      startBalances: book.startBalances(),
      news: newsWindow && news.value ? { book: news.value, window: newsWindow } : null,
    }),
  );
}

const distinct = (values: readonly string[]): readonly string[] =>
  [...new Set(values)].toSorted(compareText);

const worker: JournalWorker = {
  columns: (file) => files.columns(file),
  async preview(file, choice) {
    const read = await files.read(file, choice);
    return read.ok ? asked((book) => previewOf(knownIn(read.value, book), book)) : read;
  },
  async keep(file, choice) {
    const read = await files.read(file, choice);
    if (!read.ok) return read;
    const book = await followed.ready();
    if (!book.ok) return book;
    const known = knownIn(read.value, book.value);
    const { deals } = known;
    const added = deals.length - book.value.known(deals);
    const id = crypto.randomUUID();
    const parts = { fileName: file.name, read: known, choice, id, nowMs: Date.now() };
    const kept = await keepStatement(database, parts);
    files.forget();
    return kept.ok ? ok({ id, added }) : kept;
  },
  forget: () => {
    files.forget();
    return Promise.resolve(ok(null));
  },
  trips: (ask) =>
    asked((book) => {
      const found = filtered(book, ask);
      return { trips: windowOf(found, ask).map(plainTrip), count: found.length };
    }),
  ids: (filter) => asked((book) => filtered(book, filter).map(({ id }) => id)),
  trip: (id) =>
    asked((book) => {
      const trip = book.trip(id);
      return trip && plainTrip(trip);
    }),
  deals: (id) => asked((book) => tripDeals(book, id)),
  handHints: (ask) => asked((book) => handHints(book, ask)),
  mergePlan: (ids) => asked((book) => mergePlan(book, ids)),
  markIds: (ids) => asked((book) => markIds(book, ids)),
  async measure(id) {
    const found = await asked((book) => book.trip(id));
    if (!found.ok) return found;
    return found.value ? measured(database, found.value) : ok(null);
  },
  async excursions(ids) {
    const book = await followed.ready();
    return book.ok ? excursionsOf(database, book.value, { ids, known: excursions }) : book;
  },
  summary: (filter) => asked((book) => summaries(filtered(book, filter))),
  days: (filter, zone) => asked((book) => daysOf(filtered(book, filter), zone)),
  playbooks: (criteriaOf) => asked((book) => playbookSums(book.all(), criteriaOf)),
  goalDays: (zone, criteriaOf) => asked((book) => goalDaysOf(book.all(), zone, criteriaOf)),
  mistakes: (filter) => asked((book) => mistakeSums(filtered(book, filter))),
  report: (filter, ask) =>
    newsed(ask, (book, told) => tripReport(filtered(book, filter), { ...ask, ...told })),
  compare: (filter, ask) =>
    newsed(ask, (book, told) => compareGroups(filtered(book, filter), { ...ask, ...told })),
  async news(file, zone) {
    try {
      return readNews(new Uint8Array(await file.arrayBuffer()), zone);
    } catch (error) {
      // A file that was moved or taken away since it was chosen.
      return fail(storeFailure(error));
    }
  },
  async whatIf(filter, ask) {
    const book = await followed.ready();
    if (!book.ok) return book;
    const asking = { ...ask, startBalances: book.value.startBalances() };
    return measuredWhatIf(database, filtered(book.value, filter), asking, excursions);
  },
  async whileOpen(filter, ask) {
    const book = await followed.ready();
    if (!book.ok) return book;
    const asking = { ...ask, startBalances: book.value.startBalances() };
    return measuredWhileOpen(database, filtered(book.value, filter), asking, excursions);
  },
  async file(filter, kind) {
    const book = await followed.ready();
    if (!book.ok) return book;
    try {
      const writtenOf = writtenAt(book.value, await database.playbooks.toArray());
      const type = kind === 'csv' ? 'text/csv' : 'application/json';
      return ok(new Blob(tripFile(filtered(book.value, filter), kind, writtenOf), { type }));
    } catch (error) {
      return fail(storeFailure(error));
    }
  },
  choices: () =>
    asked((book) => {
      const trips = book.all();
      return {
        accounts: distinct(trips.map(({ account }) => account)),
        accountNames: followed.accountNames(),
        symbols: distinct(trips.map(({ symbol }) => symbol)),
        tags: distinct(trips.flatMap(({ tags }) => tags)),
        mistakes: distinct(trips.flatMap(({ mistakes }) => mistakes)),
        trips: trips.length,
        missing: followed.missing(),
      };
    }),
  async follow(onchange) {
    const book = await followed.ready();
    if (book.ok) {
      followed.onchange(onchange);
      shelf.onchange(onchange);
    }
    return book.ok ? ok(null) : book;
  },
};
Comlink.expose(worker);
