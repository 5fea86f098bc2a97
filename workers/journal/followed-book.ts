/** Keeps the journal in memory as the database has it: each statement is decoded once. */
import { liveQuery } from 'dexie';
import type { Failure } from '#core/errors.ts';
import { dealsOfHand } from '#core/journal/hand-deals.ts';
import type { Deals } from '#core/journal/journal-deal.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { readDeals } from '#workers/store/statement-content.ts';
import { accountSources } from './account-sources.ts';
import { inTurns } from './in-turns.ts';
import { tripBook, type DealSource, type TripBook } from './trip-book.ts';

export interface FollowedBook {
  /** Once all that is stored has been read. */
  ready(): Promise<Result<TripBook, Failure>>;
  /** Statements whose deals are not on this device, or cannot be read. */
  missing(): number;
  /** What the trader calls connected accounts, by the names that deals have for them. */
  accountNames(): Readonly<Record<string, string>>;
  onchange(listener: () => void): void;
  end(): void;
}

const restMs = 1_000;

export function followBook(database: Database): FollowedBook {
  const book = tripBook();
  const decoded = new Map<string, Deals>();
  const listeners: (() => void)[] = [];
  const awaited = new Set(['sources', 'accounts', 'edits', 'marks', 'notes']);
  let own: readonly DealSource[] = [];
  let connected: readonly DealSource[] = [];
  let missing = 0;
  let failure: Failure | null = null;
  let begun: () => void = () => undefined;
  const begin = new Promise<void>((resolve) => {
    begun = resolve;
  });

  function taken(part: string, error: unknown = null): void {
    if (error !== null) failure = storeFailure(error);
    awaited.delete(part);
    if (awaited.size > 0) return;
    begun();
    for (const listener of listeners) listener();
  }

  const sources = liveQuery(() => sourcesIn(database, decoded)).subscribe({
    next: (read) => {
      own = read.sources;
      book.sources([...own, ...connected]);
      missing = read.missing;
      taken('sources');
    },
    error: (error: unknown) => taken('sources', error),
  });
  const ofAccounts = accountSources(database);
  // While years of deals come in, the round trips are not made anew for each page of them.
  const seldom = inTurns((read: readonly DealSource[]) => {
    connected = read;
    book.sources([...own, ...connected]);
    taken('accounts');
  }, restMs);
  const accounts = liveQuery(() => ofAccounts.read()).subscribe({
    next: (read) => seldom.take(read),
    error: (error: unknown) => taken('accounts', error),
  });
  const edits = liveQuery(() => database.tripEdits.toArray()).subscribe({
    next: (rows) => {
      book.edits(rows);
      taken('edits');
    },
    error: (error: unknown) => taken('edits', error),
  });
  const marks = liveQuery(() => database.tripMarks.toArray()).subscribe({
    next: (rows) => {
      book.marks(rows);
      taken('marks');
    },
    error: (error: unknown) => taken('marks', error),
  });
  const notes = liveQuery(() => noteTexts(database)).subscribe({
    next: (texts) => {
      book.notes(texts);
      taken('notes');
    },
    error: (error: unknown) => taken('notes', error),
  });

  return {
    async ready() {
      await begin;
      return failure ? fail(failure) : ok(book);
    },
    missing: () => missing,
    accountNames: () => ofAccounts.names(),
    onchange(listener) {
      listeners.push(listener);
      if (awaited.size === 0) listener();
    },
    end() {
      seldom.end();
      for (const each of [sources, accounts, edits, marks, notes]) each.unsubscribe();
    },
  };
}

async function sourcesIn(
  database: Database,
  decoded: Map<string, Deals>,
): Promise<{ sources: readonly DealSource[]; missing: number }> {
  const { statements, statementBytes, handTrips } = database;
  // Rows and deals of one instant: both are written together.
  const [rows, unread] = await database.transaction('r', statements, statementBytes, async () => {
    const kept = await statements.orderBy('importedMs').toArray();
    const here = new Set(await statementBytes.toCollection().primaryKeys());
    const wanted = kept.map(({ id }) => id).filter((id) => here.has(id) && !decoded.has(id));
    return [kept, await statementBytes.bulkGet(wanted)] as const;
  });
  for (const row of unread) {
    const deals = row && readDeals(row.bytes);
    if (deals) decoded.set(row.statementId, deals);
  }
  const sources = rows.flatMap(({ id, account, currency }): readonly DealSource[] => {
    const deals = decoded.get(id);
    return deals ? [{ id, account, currency, deals }] : [];
  });
  const kept = new Set(rows.map(({ id }) => id));
  for (const id of decoded.keys()) if (!kept.has(id)) decoded.delete(id);
  const entered = (await handTrips.toArray()).map((trip): DealSource => {
    const { id, account, currency } = trip;
    return { id: `hand ${id}`, account, currency, deals: dealsOfHand(trip) };
  });
  return { sources: [...entered, ...sources], missing: rows.length - sources.length };
}

async function noteTexts({ notes }: Database): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  await notes.each(({ subject, title, excerpt }) => {
    if (subject?.kind !== 'trip') return;
    texts.set(subject.id, `${texts.get(subject.id) ?? ''}\n${title}\n${excerpt}`);
  });
  return texts;
}
