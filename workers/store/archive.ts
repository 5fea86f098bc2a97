/** Everything on this device as one file, and such a file brought back without losing anything. */
import { strToU8 } from 'fflate';
import { isOfThisDevice } from '#core/collections/setting.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { ArchiveReport } from './api.ts';
import { invalid, MOST_ARCHIVE_BYTES, packArchive, unpackArchive } from './archive-file.ts';
import { readContent } from './archive-content.ts';
import { placeOfArrays, writeArrays } from './archive-arrays.ts';
import { mergeArchive } from './archive-merge.ts';
import type { ChunkPlace, TickPlace } from './archive-rows.ts';
import { placeOfBatch, writeBatch } from './archive-sweeps.ts';
import type { BarChunk, Database, PictureBytes, StatementBytes, TickChunk } from './database.ts';
import { storeFailure } from './failure.ts';
import { priceFilesOfOthers } from './price-files.ts';
import { writing } from './writing.ts';

const written = [
  'checklistItems',
  'drawings',
  'goals',
  'handTrips',
  'journalDays',
  'journalViews',
  'layouts',
  'newsMonths',
  'notes',
  'pictures',
  'playbooks',
  'priceFiles',
  'runs',
  'settings',
  'statements',
  'strategies',
  'tripEdits',
  'tripMarks',
  'watchlist',
];

/**
 * All that the trader has here, as it is at one instant; deleted rows and what concerns other
 * devices alone stay out. Errors: `store.unavailable`.
 */
export async function exportArchive(
  database: Database,
  nowMs: number,
): Promise<Result<Blob, Failure>> {
  try {
    const zip = await database.transaction('r', database.tables, async () => {
      const chunks = await database.chunks.toArray();
      const ticks = await database.tickChunks.toArray();
      const arrays = await database.runArrays.toArray();
      const series = await database.series.toArray();
      const strategies = await database.strategies.toArray();
      const runs = await database.runs.toArray();
      const rows = await database.settings.toArray();
      const settings = rows.filter(({ key }) => !isOfThisDevice(key));
      const sweeps = await database.sweeps.toArray();
      const batches = await database.sweepBatches.toArray();
      const notes = await database.notes.toArray();
      const pictures = await database.pictures.toArray();
      const pictureBytes = await database.pictureBytes.toArray();
      const statements = await database.statements.toArray();
      const statementBytes = await database.statementBytes.toArray();
      const tripMarks = await database.tripMarks.toArray();
      const handTrips = await database.handTrips.toArray();
      const playbooks = await database.playbooks.toArray();
      const journalDays = await database.journalDays.toArray();
      const checklistItems = await database.checklistItems.toArray();
      const journalViews = await database.journalViews.toArray();
      const tripEdits = await database.tripEdits.toArray();
      const goals = await database.goals.toArray();
      const newsMonths = await database.newsMonths.toArray();
      const watchlist = await database.watchlist.toArray();
      const priceFiles = await priceFilesOfOthers(database);
      const layouts = await database.layouts.toArray();
      const drawings = await database.drawings.toArray();
      return {
        ...{ series, chunks, ticks, strategies, runs, arrays, settings, sweeps, batches },
        ...{ notes, pictures, pictureBytes, watchlist, priceFiles, layouts, drawings },
        ...{ statements, statementBytes, tripMarks, handTrips },
        ...{ playbooks, journalDays, checklistItems, journalViews, tripEdits, goals },
        newsMonths,
      };
    });
    const entries = {
      'series.json': json(zip.series),
      'chunks.json': json(zip.chunks.map(placeOfChunk)),
      'chunks.bin': concatenate(zip.chunks.map(({ bytes }) => bytes)),
      'tick-chunks.json': json(zip.ticks.map(placeOfTicks)),
      'tick-chunks.bin': concatenate(zip.ticks.map(({ bytes }) => bytes)),
      'strategies.json': json(zip.strategies),
      'runs.json': json(zip.runs),
      'run-arrays.json': json(zip.arrays.map(placeOfArrays)),
      'run-arrays.bin': concatenate(zip.arrays.map((row) => writeArrays(row, placeOfArrays(row)))),
      'settings.json': json(zip.settings),
      'sweeps.json': json(zip.sweeps),
      'sweep-batches.json': json(zip.batches.map(placeOfBatch)),
      'sweep-batches.bin': concatenate(zip.batches.map(writeBatch)),
      'notes.json': json(zip.notes),
      'pictures.json': json(zip.pictures),
      'picture-bytes.json': json(zip.pictureBytes.map(placeOfBytes)),
      'picture-bytes.bin': concatenate(zip.pictureBytes.map(({ bytes }) => bytes)),
      'statements.json': json(zip.statements),
      'statement-bytes.json': json(zip.statementBytes.map(placeOfBytes)),
      'statement-bytes.bin': concatenate(zip.statementBytes.map(({ bytes }) => bytes)),
      'trip-marks.json': json(zip.tripMarks),
      'hand-trips.json': json(zip.handTrips),
      'playbooks.json': json(zip.playbooks),
      'journal-days.json': json(zip.journalDays),
      'checklist-items.json': json(zip.checklistItems),
      'journal-views.json': json(zip.journalViews),
      'trip-edits.json': json(zip.tripEdits),
      'goals.json': json(zip.goals),
      'news-months.json': json(zip.newsMonths),
      'watchlist.json': json(zip.watchlist),
      'price-files.json': json(zip.priceFiles),
      'layouts.json': json(zip.layouts),
      'drawings.json': json(zip.drawings),
    };
    const bytes = packArchive(entries, nowMs) as Uint8Array<ArrayBuffer>;
    return ok(new Blob([bytes], { type: 'application/zip' }));
  } catch (error) {
    return fail(storeFailure(error));
  }
}

/** Fields in one order, whichever way a row came to be here: the same content is the same bytes. */
function json(rows: readonly unknown[]): Uint8Array {
  return strToU8(JSON.stringify(rows, (_, value: unknown) => inOrder(value)));
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function placeOfChunk({ seriesId, month, bars, bytes }: BarChunk): ChunkPlace {
  return { seriesId, month, bars, bytes: bytes.length };
}

function placeOfTicks({ seriesId, day, ticks, bytes }: TickChunk): TickPlace {
  return { seriesId, day, ticks, bytes: bytes.length };
}

/** A `BytesPlace`. */
function placeOfBytes(row: PictureBytes | StatementBytes) {
  return { ...row, bytes: row.bytes.length };
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * Adds what the file has and this device has not: bars and ticks to their series, where a stored
 * bar keeps its prices; strategies, notes, layouts, round trips entered by hand, what was written at them,
 * playbooks, days and checklists that are new or newer; runs, pictures, statements, settings, drawings and symbols of the watchlist that
 * are new; contents of runs, pictures and statements that are not on this device; searches, and of
 * those that are here the batches that are not.
 *
 * All of the file is checked before anything is written, and all of it is written or nothing.
 * Errors: `store.archive-invalid`, `store.full`, `store.damaged`, `store.unavailable`.
 */
export async function importArchive(
  database: Database,
  file: Blob,
): Promise<Result<ArchiveReport, Failure>> {
  if (file.size > MOST_ARCHIVE_BYTES) return invalid('it is larger than an archive may be');
  const entries = unpackArchive(new Uint8Array(await file.arrayBuffer()));
  if (!entries.ok) return entries;
  const content = readContent(entries.value);
  if (!content.ok) return content;
  let failure: Failure | null = null;
  try {
    const target = { database, collections: written, also: database.tables };
    const report = await writing(target, async (write, transaction) => {
      const merged = await mergeArchive(database, write, content.value);
      if (merged.ok) return merged.value;
      failure = merged.error;
      transaction.abort();
      return null;
    });
    return report === null ? fail(failure!) : ok(report);
  } catch (error) {
    return fail(failure ?? storeFailure(error));
  }
}
