/** What an archive has and this device has not, written within a transaction of the caller's. */
import type { Table } from 'dexie';
import { collectionNamed } from '#core/collections/registry.ts';
import type { Note } from '#core/collections/note.ts';
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import type { ArchiveReport } from './api.ts';
import type { ArchiveContent } from './archive-content.ts';
import type { ArchivedSeries } from './archive-series.ts';
import type { ContentKind } from './content-kind.ts';
import { contentKinds, contentsOf, idsHere, rowsOf } from './contents.ts';
import type { Database } from './database.ts';
import { encodeMonths, mergeSeries } from './merge-series.ts';
import { mergeSweeps } from './merge-sweeps.ts';
import { notePriceFile } from './price-files.ts';
import { mergeTickSeries } from './tick-series.ts';
import type { Change, Write } from './writing.ts';

/** Only within `writing` on all tables; the caller takes all of it back when it fails. */
export async function mergeArchive(
  database: Database,
  write: Write,
  content: ArchiveContent,
): Promise<Result<ArchiveReport, Failure>> {
  let bars = 0;
  let series = 0;
  const keptSeries: string[] = [];
  for (const archived of content.series) {
    const added = await addSeries(database, write, archived);
    if (!added.ok && added.error.code !== 'import.columns-mismatch') return added;
    if (!added.ok) keptSeries.push(archived.row.id);
    else if (added.value > 0) series++;
    bars += added.ok ? added.value : 0;
  }
  const rows = {
    strategies: await addNewer(database.strategies, content.strategies, write),
    settings: await addNew(database.settings, content.settings, write),
    notes: await addNotes(database, content.notes, write),
    ...(await addContents(database, content, write)),
    tripMarks: await addNewer(database.tripMarks, content.tripMarks, write),
    handTrips: await addNewer(database.handTrips, content.handTrips, write),
    playbooks: await addNewer(database.playbooks, content.playbooks, write),
    journalDays: await addNewer(database.journalDays, content.journalDays, write),
    checklistItems: await addNewer(database.checklistItems, content.checklistItems, write),
    journalViews: await addNewer(database.journalViews, content.journalViews, write),
    tripEdits: await addNewer(database.tripEdits, content.tripEdits, write),
    goals: await addNewer(database.goals, content.goals, write),
    newsMonths: await addNewer(database.newsMonths, content.newsMonths, write),
    watchlist: await addNew(database.watchlist, content.watchlist, write),
    layouts: await addNewer(database.layouts, content.layouts, write),
    drawings: await addNew(database.drawings, content.drawings, write),
  };
  await addNew(database.priceFiles, content.priceFiles, write);
  const sweeps = await mergeSweeps(database, content);
  return ok({ series, bars, ...rows, sweeps, keptSeries });
}

/** How many bars or ticks were added. */
async function addSeries(
  database: Database,
  write: Write,
  archived: ArchivedSeries,
): Promise<Result<number, Failure>> {
  const { row } = archived;
  const before = await database.series.get(row.id);
  const known = new Set(before?.sources.map(keyOfSource));
  const request = {
    symbol: row.symbol,
    timeframe: row.timeframe,
    sources: () => row.sources.filter((source) => !known.has(keyOfSource(source))),
    onConflict: 'keep',
    importedMs: row.importedMs,
  } as const;
  if (archived.kind === 'ticks') {
    const merged = await mergeTickSeries(database, { ...request, ticks: archived.ticks });
    if (merged.ok) await notePriceFile(database, write, merged.value.series);
    return merged.ok ? ok(merged.value.added) : merged;
  }
  const { bars } = archived;
  const merged = await mergeSeries(database, { ...request, bars }, encodeMonths(bars));
  if (merged.ok) await notePriceFile(database, write, merged.value.series);
  return merged.ok ? ok(merged.value.added) : merged;
}

function keyOfSource(source: { readonly fileName: string; readonly importedMs: number }): string {
  return `${source.importedMs} ${source.fileName}`;
}

/** A row that was deleted here comes back. */
function changesFor(collection: string, id: string, row: object): Change[] {
  return [
    { kind: 'restore', collection, id },
    { kind: 'put', collection, id, fields: { ...row } },
  ];
}

function keyOf(collection: string, row: object): string {
  return keyIn(row, collectionNamed(collection)?.key ?? 'id');
}

function keyIn(row: object, key: string): string {
  return String((row as Readonly<Record<string, unknown>>)[key]);
}

/** How many were added. */
async function addNew<T extends object>(
  table: Pick<Table<T, string>, 'name' | 'toCollection'>,
  rows: readonly T[],
  write: Write,
): Promise<number> {
  const { name } = table;
  const known = new Set(await table.toCollection().primaryKeys());
  const added = rows.filter((row) => !known.has(keyOf(name, row)));
  await write(added.flatMap((row) => changesFor(name, keyOf(name, row), row)));
  return added.length;
}

/** Of those that are here as well, the one that was changed last stays. */
async function newerThanHere<T extends { readonly id: string; readonly updatedMs: number }>(
  table: Pick<Table<T, string>, 'bulkGet'>,
  rows: readonly T[],
): Promise<readonly T[]> {
  const stored = await table.bulkGet(rows.map(({ id }) => id));
  return rows.filter((row, i) => row.updatedMs > (stored[i]?.updatedMs ?? -Infinity));
}

async function addNewer<T extends { readonly id: string; readonly updatedMs: number }>(
  table: Pick<Table<T, string>, 'name' | 'bulkGet'>,
  rows: readonly T[],
  write: Write,
): Promise<number> {
  const newer = await newerThanHere(table, rows);
  await write(newer.flatMap((row) => changesFor(table.name, row.id, row)));
  return newer.length;
}

/** Texts are merged by the updates that are not here. */
async function addNotes(
  { notes }: Database,
  archived: readonly Note[],
  write: Write,
): Promise<number> {
  const newer = await newerThanHere(notes, archived);
  const stored = await notes.bulkGet(newer.map(({ id }) => id));
  await write(
    newer.flatMap((note, i) => {
      const known = new Set(stored[i]?.text);
      const updates = note.text.filter((update) => !known.has(update));
      const append = { kind: 'append', collection: 'notes', id: note.id, field: 'text' } as const;
      return [
        ...changesFor('notes', note.id, note),
        ...updates.map((value) => ({ ...append, value })),
      ];
    }),
  );
  return newer.length;
}

/** How many rows of each collection were added; of those that are here, what they lack comes too. */
async function addContents(
  database: Database,
  archived: ArchiveContent,
  write: Write,
): Promise<Readonly<Record<ContentKind['collection'], number>>> {
  const added = { runs: 0, pictures: 0, statements: 0 };
  for (const kind of contentKinds) {
    const { collection } = kind;
    added[collection] = await addNew(rowsOf(database, kind), archived[collection], write);
    const here = new Set(await idsHere(database, kind));
    const table = contentsOf(database, kind);
    const idOf = (content: object) => keyIn(content, table.schema.primKey.name);
    await table.bulkPut(archived[kind.table].filter((content) => !here.has(idOf(content))));
  }
  return added;
}
