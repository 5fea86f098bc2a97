/** Price series read from and removed from this device. */
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Bars } from '#core/market/bars.ts';
import { sliceBars } from '#core/market/bars.ts';
import { decodeChunks } from '#core/market/chunk-read.ts';
import { firstAtOrAfter, monthOf } from '#core/market/months.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { Dexie, type Table } from 'dexie';
import type { BarChunk, Database, TickChunk } from './database.ts';
import { storeFailure } from './failure.ts';
import { dropPriceFile, notePriceFile } from './price-files.ts';
import { writing, type Write } from './writing.ts';

/** All chunks of a series: keys of months and days are digits and dashes, so they lie between. */
export const allMonths = (seriesId: string) =>
  [
    [seriesId, Dexie.minKey],
    [seriesId, Dexie.maxKey],
  ] as const;

/** The row of every series. Error: `store.unavailable`. */
export async function listSeries(
  database: Database,
): Promise<Result<readonly PriceSeries[], Failure>> {
  try {
    return ok(await database.series.toArray());
  } catch (error) {
    return fail(storeFailure(error));
  }
}

/** All bars of a series. Errors: `store.not-found`, `store.damaged`, `store.unavailable`. */
export async function loadBars(
  database: Database,
  seriesId: string,
): Promise<Result<Bars, Failure>> {
  try {
    const chunks = await database.chunks
      .where(':id')
      .between(...allMonths(seriesId))
      .toArray();
    return chunks.length === 0 ? notFound(seriesId) : decode(seriesId, chunks);
  } catch (error) {
    return fail(storeFailure(error));
  }
}

/**
 * At most `count` bars, the last of those that open before `beforeMs`, and no month more than
 * they need; zero bars are `store.not-found`. Errors as `loadBars`.
 */
export async function loadLastBars(
  database: Database,
  seriesId: string,
  count: number,
  beforeMs = Infinity,
): Promise<Result<Bars, Failure>> {
  try {
    const last = Number.isFinite(beforeMs) ? monthOf(beforeMs - 1) : Dexie.maxKey;
    const chunks: BarChunk[] = [];
    let found = 0;
    await database.chunks
      .where(':id')
      .between([seriesId, Dexie.minKey], [seriesId, last], true, true)
      .reverse()
      .until(() => found >= count)
      .each((chunk) => {
        chunks.push(chunk);
        // Of the newest month a part may lie after `beforeMs`: it does not count yet.
        found += chunks.length === 1 && Number.isFinite(beforeMs) ? 0 : chunk.bars;
      });
    if (chunks.length === 0) return notFound(seriesId);
    const bars = decode(seriesId, chunks.reverse());
    if (!bars.ok) return bars;
    const to = Number.isFinite(beforeMs)
      ? firstAtOrAfter(bars.value.timesMs, beforeMs)
      : bars.value.length;
    return to === 0 ? notFound(seriesId) : ok(sliceBars(bars.value, Math.max(0, to - count), to));
  } catch (error) {
    return fail(storeFailure(error));
  }
}

/** A series as it lay here, so that it can be put back. */
export interface DeletedSeries {
  readonly row: PriceSeries | undefined;
  readonly months: readonly BarChunk[];
  readonly days: readonly TickChunk[];
}

/** Removes a series with all its bars or ticks, or nothing. Runs made on it stay. */
export async function deleteSeries(
  database: Database,
  seriesId: string,
): Promise<Result<DeletedSeries, Failure>> {
  const { series, chunks, tickChunks } = database;
  const span = allMonths(seriesId);
  try {
    const deleted = await inPrices(database, async (write) => {
      const row = await series.get(seriesId);
      const months = chunks.where(':id').between(...span);
      const days = tickChunks.where(':id').between(...span);
      const kept = { row, months: await months.toArray(), days: await days.toArray() };
      await months.delete();
      await days.delete();
      await series.delete(seriesId);
      await dropPriceFile(database, write, seriesId);
      return kept;
    });
    return ok(deleted);
  } catch (error) {
    return fail(storeFailure(error));
  }
}

/** Takes a deletion back. Errors: `store.full`, `store.unavailable`. */
export async function restoreSeries(
  database: Database,
  { row, months, days }: DeletedSeries,
): Promise<Result<null, Failure>> {
  try {
    await inPrices(database, async (write) => {
      await database.chunks.bulkPut([...months]);
      await database.tickChunks.bulkPut([...days]);
      if (row) await database.series.put(row);
      if (row) await notePriceFile(database, write, row);
    });
    return ok(null);
  } catch (error) {
    return fail(storeFailure(error));
  }
}

function inPrices<T>(database: Database, work: (write: Write) => Promise<T>): Promise<T> {
  const { series, chunks, tickChunks } = database;
  const also: Table[] = [series, chunks as Table, tickChunks as Table];
  return writing({ database, collections: ['priceFiles'], also }, work);
}

function notFound(seriesId: string): Result<never, Failure> {
  return fail({ code: 'store.not-found', detail: `No bars of ${seriesId} are stored here.` });
}

/** The bars of chunks in time order, each held against the month it claims to be. */
export function decode(seriesId: string, chunks: readonly BarChunk[]): Result<Bars, Failure> {
  const bars = decodeChunks(chunks.map((chunk) => chunk.bytes));
  if (!bars.ok) return fail({ ...bars.error, detail: `${seriesId}: ${bars.error.detail}` });
  let at = 0;
  for (const chunk of chunks) {
    const last = at + chunk.bars - 1;
    const { timesMs } = bars.value;
    if (monthOf(timesMs[at] ?? 0) !== chunk.month || monthOf(timesMs[last] ?? 0) !== chunk.month) {
      return fail({ code: 'store.damaged', detail: `${seriesId}: ${chunk.month} is mislabelled.` });
    }
    at = last + 1;
  }
  return bars;
}
