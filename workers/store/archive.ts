/** Everything on this device as one file, and such a file brought back without losing anything. */
import { strToU8 } from 'fflate';
import { isOfThisDevice } from '#core/collections/setting.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { ArchiveReport } from './api.ts';
import { invalid, MOST_ARCHIVE_BYTES, packArchive, unpackArchive } from './archive-file.ts';
import { readContent, type ArchiveContent } from './archive-content.ts';
import { placeOfArrays, writeArrays } from './archive-arrays.ts';
import type { ChunkPlace, TickPlace } from './archive-rows.ts';
import type { ArchivedSeries } from './archive-series.ts';
import { placeOfBatch, writeBatch } from './archive-sweeps.ts';
import type { BarChunk, Database, TickChunk } from './database.ts';
import { storeFailure } from './failure.ts';
import { encodeMonths, mergeSeries } from './merge-series.ts';
import { mergeSweeps } from './merge-sweeps.ts';
import { mergeTickSeries } from './tick-series.ts';

/** All tables, as they are at one instant. Errors: `store.unavailable`. */
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
      return { series, chunks, ticks, strategies, runs, arrays, settings, sweeps, batches };
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
    };
    const bytes = packArchive(entries, nowMs) as Uint8Array<ArrayBuffer>;
    return ok(new Blob([bytes], { type: 'application/zip' }));
  } catch (error) {
    return fail(storeFailure(error));
  }
}

function json(rows: readonly unknown[]): Uint8Array {
  return strToU8(JSON.stringify(rows));
}

function placeOfChunk({ seriesId, month, bars, bytes }: BarChunk): ChunkPlace {
  return { seriesId, month, bars, bytes: bytes.length };
}

function placeOfTicks({ seriesId, day, ticks, bytes }: TickChunk): TickPlace {
  return { seriesId, day, ticks, bytes: bytes.length };
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
 * bar keeps its prices; strategies that are new or newer; runs and settings that are new; searches, and of
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
    const report = await database.transaction('rw', database.tables, async (transaction) => {
      const written = await write(database, content.value);
      if (written.ok) return written.value;
      failure = written.error;
      transaction.abort();
      return null;
    });
    return report === null ? fail(failure!) : ok(report);
  } catch (error) {
    return fail(failure ?? storeFailure(error));
  }
}

async function write(
  database: Database,
  content: ArchiveContent,
): Promise<Result<ArchiveReport, Failure>> {
  let bars = 0;
  let series = 0;
  const keptSeries: string[] = [];
  for (const archived of content.series) {
    const added = await addSeries(database, archived);
    if (!added.ok && added.error.code !== 'import.columns-mismatch') return added;
    if (!added.ok) keptSeries.push(archived.row.id);
    else if (added.value > 0) series++;
    bars += added.ok ? added.value : 0;
  }
  const strategies = await addStrategies(database, content);
  const runs = await addRuns(database, content);
  const known = new Set(await database.settings.toCollection().primaryKeys());
  const settings = content.settings.filter(({ key }) => !known.has(key));
  await database.settings.bulkAdd(settings);
  const sweeps = await mergeSweeps(database, content);
  return ok({ series, bars, strategies, runs, settings: settings.length, sweeps, keptSeries });
}

/** How many bars or ticks were added. */
async function addSeries(
  database: Database,
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
    return merged.ok ? ok(merged.value.added) : merged;
  }
  const { bars } = archived;
  const merged = await mergeSeries(database, { ...request, bars }, encodeMonths(bars));
  return merged.ok ? ok(merged.value.added) : merged;
}

function keyOfSource(source: { readonly fileName: string; readonly importedMs: number }): string {
  return `${source.importedMs} ${source.fileName}`;
}

async function addStrategies(database: Database, content: ArchiveContent): Promise<number> {
  const stored = await database.strategies.bulkGet(content.strategies.map(({ id }) => id));
  const newer = content.strategies.filter((strategy, i) => {
    const here = stored[i];
    return here === undefined || strategy.updatedMs > here.updatedMs;
  });
  await database.strategies.bulkPut(newer);
  return newer.length;
}

async function addRuns(database: Database, content: ArchiveContent): Promise<number> {
  const known = new Set(await database.runs.toCollection().primaryKeys());
  const runs = content.runs.filter(({ id }) => !known.has(id));
  const added = new Set(runs.map(({ id }) => id));
  await database.runs.bulkAdd(runs);
  await database.runArrays.bulkPut(content.runArrays.filter(({ runId }) => added.has(runId)));
  return runs.length;
}
