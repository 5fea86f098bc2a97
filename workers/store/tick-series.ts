/** Series of ticks: merged into what is stored, read from and removed from this device. */
import { Dexie } from 'dexie';
import { TICKS, type PriceSeries } from '#core/collections/price-series.ts';
import type { Failure } from '#core/errors.ts';
import { dayOf, splitDays } from '#core/market/days.ts';
import { mergeTicks } from '#core/market/merge-ticks.ts';
import { decodeTicks, encodeTicks, readTickHeader } from '#core/market/tick-chunk.ts';
import type { Ticks } from '#core/market/ticks.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database, TickChunk } from './database.ts';
import { storeFailure } from './failure.ts';
import { seriesIdOf } from './merge-series.ts';
import { allMonths } from './series.ts';

/**
 * The ticks of the days from that of `fromMs` to that of `toMs`; without them all there are.
 *
 * Errors: `store.not-found` when there is none, `store.damaged`, `store.unavailable`.
 */
export async function loadTicks(
  database: Database,
  seriesId: string,
  span?: { readonly fromMs: number; readonly toMs: number },
): Promise<Result<Ticks, Failure>> {
  const first = span ? dayOf(span.fromMs) : Dexie.minKey;
  const last = span ? dayOf(span.toMs) : Dexie.maxKey;
  try {
    const chunks = await database.tickChunks
      .where(':id')
      .between([seriesId, first], [seriesId, last], true, true)
      .toArray();
    if (chunks.length > 0) return decodeDays(seriesId, chunks);
    const detail = `No ticks of ${seriesId} are stored here.`;
    return fail({ code: 'store.not-found', detail });
  } catch (error) {
    return fail(storeFailure(error));
  }
}

/** The ticks of chunks in time order, each held against the day it claims to be. */
export function decodeDays(seriesId: string, chunks: readonly TickChunk[]): Result<Ticks, Failure> {
  const ticks = decodeTicks(chunks.map(({ bytes }) => bytes));
  if (!ticks.ok) return fail({ ...ticks.error, detail: `${seriesId}: ${ticks.error.detail}` });
  const { timesMs, length } = ticks.value;
  let at = 0;
  for (const { day, ticks: count } of chunks) {
    const end = at + count;
    if (end > length || dayOf(timesMs[at] ?? 0) !== day || dayOf(timesMs[end - 1] ?? 0) !== day) {
      return fail({ code: 'store.damaged', detail: `${seriesId}: ${day} is mislabelled.` });
    }
    at = end;
  }
  if (at === length) return ticks;
  return fail({ code: 'store.damaged', detail: `${seriesId}: a day has more than it says.` });
}

export interface MergeTicksRequest {
  readonly symbol: string;
  readonly ticks: Ticks;
  /** What to add to the series' sources, given how many ticks were added. */
  readonly sources: (added: number) => PriceSeries['sources'];
  readonly importedMs: number;
  /** Looked at between days; true ends it with `work.cancelled`. */
  readonly isCancelled?: (() => boolean) | undefined;
  readonly onProgress?: ((ratio: number) => void) | undefined;
}

export interface MergedTickSeries {
  readonly series: PriceSeries;
  readonly added: number;
  readonly unchanged: number;
  /** A tick is added or it is not. */
  readonly replaced: 0;
}

/**
 * Merges ticks into their series, day by day, and rewrites its row. Only within a transaction on
 * `series` and `tickChunks`, which the caller takes back when this fails.
 *
 * Ticks that are all there change nothing at all, the list of sources included.
 * Errors: `import.columns-mismatch`, `store.damaged`, `work.cancelled`.
 */
export async function mergeTickSeries(
  database: Database,
  request: MergeTicksRequest,
): Promise<Result<MergedTickSeries, Failure>> {
  const id = seriesIdOf(request.symbol, TICKS);
  const before = (await database.series.get(id)) ?? null;
  const mismatch = await faultOfColumns(database, id, request.ticks);
  if (mismatch) return fail(mismatch);
  const days = splitDays(request.ticks);
  const tally = { added: 0, unchanged: 0, bytesGrown: 0 };
  for (const [i, { day, ticks }] of days.entries()) {
    if (request.isCancelled?.()) {
      return fail({ code: 'work.cancelled', detail: 'The import was cancelled.' });
    }
    const stored = await database.tickChunks.get([id, day]);
    const merged = mergeDay(id, stored, ticks);
    if (!merged.ok) return merged;
    const { all, added } = merged.value;
    tally.added += added;
    tally.unchanged += ticks.length - added;
    if (added > 0) {
      const bytes = encodeTicks(all);
      tally.bytesGrown += bytes.length - (stored?.bytes.length ?? 0);
      await database.tickChunks.put({ seriesId: id, day, ticks: all.length, bytes });
    }
    request.onProgress?.((i + 1) / days.length);
  }
  const { added, unchanged } = tally;
  if (before !== null && added === 0) return ok({ series: before, added, unchanged, replaced: 0 });
  const series = describe(id, before, request, tally);
  await database.series.put(series);
  return ok({ series, added, unchanged, replaced: 0 });
}

function mergeDay(
  id: string,
  stored: TickChunk | undefined,
  ticks: Ticks,
): Result<{ readonly all: Ticks; readonly added: number }, Failure> {
  if (stored === undefined) return ok({ all: ticks, added: ticks.length });
  const old = decodeDays(id, [stored]);
  if (!old.ok) return old;
  const merged = mergeTicks(old.value, ticks);
  return ok({ all: merged.ticks, added: merged.added });
}

/** A series has an ask and a volume on all its days or on none. */
async function faultOfColumns(
  database: Database,
  id: string,
  { ask, volume }: Ticks,
): Promise<Failure | null> {
  const stored = await database.tickChunks
    .where(':id')
    .between(...allMonths(id))
    .first();
  if (stored === undefined) return null;
  const header = readTickHeader(stored.bytes);
  if (!header.ok) return header.error;
  const { hasAsk, hasVolume } = header.value;
  if (hasAsk === (ask !== null) && hasVolume === (volume !== null)) return null;
  return {
    code: 'import.columns-mismatch',
    detail: `${id} is stored with other columns (ask, volume) than the file has.`,
  };
}

function describe(
  id: string,
  before: PriceSeries | null,
  { symbol, ticks, sources, importedMs }: MergeTicksRequest,
  tally: { readonly added: number; readonly bytesGrown: number },
): PriceSeries {
  return {
    id,
    symbol,
    timeframe: TICKS,
    bars: (before?.bars ?? 0) + tally.added,
    firstMs: Math.min(before?.firstMs ?? Infinity, ticks.timesMs[0]!),
    lastMs: Math.max(before?.lastMs ?? -Infinity, ticks.timesMs.at(-1)!),
    digits: Math.max(before?.digits ?? 0, ticks.digits),
    scale: Math.max(before?.scale ?? 1, ticks.scale),
    hasAsk: ticks.ask !== null,
    hasVolume: ticks.volume !== null,
    storedBytes: (before?.storedBytes ?? 0) + tally.bytesGrown,
    importedMs: Math.max(before?.importedMs ?? 0, importedMs),
    sources: [...(before?.sources ?? []), ...sources(tally.added)],
  };
}
