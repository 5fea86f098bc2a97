/** Bars written into this device's database: a whole import, or nothing of it. */
import type { Failure } from '#core/errors.ts';
import { ok, fail, type Result } from '#core/result.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Bars } from '#core/market/bars.ts';
import { encodeChunk, readHeader } from '#core/market/chunk.ts';
import { mergeBars } from '#core/market/merge-bars.ts';
import { splitMonths, type MonthOfBars } from '#core/market/months.ts';
import type { BarChunk, Database } from './database.ts';
import { storeFailure } from './failure.ts';
import { allMonths, decode } from './series.ts';

export interface SaveRequest {
  readonly symbol: string;
  readonly timeframe: string;
  readonly bars: Bars;
  readonly source: Omit<PriceSeries['sources'][number], 'importedMs' | 'added'>;
  readonly onConflict: 'keep' | 'replace';
  readonly nowMs: number;
  /** Looked at between months; true takes everything back. */
  readonly isCancelled?: () => boolean;
  readonly onProgress?: (ratio: number) => void;
}

export interface Saved {
  readonly series: PriceSeries;
  readonly added: number;
  readonly unchanged: number;
  readonly replaced: number;
  /** Indices into the request's bars that were stored with other values. */
  readonly conflicts: readonly number[];
}

/** A symbol as it may stand in a series id. */
const symbolPattern = /^[A-Z0-9.^_#&=+!/-]{1,32}$/;

export function seriesIdOf(symbol: string, timeframe: string): string {
  return `${symbol}.${timeframe}`;
}

/**
 * Merges bars into their series, month by month, and rewrites its row, in one transaction: two
 * tabs that do this at once take turns, a closed tab leaves nothing.
 *
 * An import that changes no bar changes nothing at all, the list of sources included.
 * Errors: `import.name-invalid`, `import.columns-mismatch`, `store.full`, `store.damaged`,
 * `store.unavailable`, `work.cancelled`.
 */
export async function saveBars(
  database: Database,
  request: SaveRequest,
): Promise<Result<Saved, Failure>> {
  const { symbol, bars } = request;
  if (!symbolPattern.test(symbol)) {
    const detail = `"${symbol}" cannot name a series: letters, digits and .^_#&=+!/- only.`;
    return fail({ code: 'import.name-invalid', detail });
  }
  const months = splitMonths(bars).map((month) => ({ month, bytes: encodeChunk(month.bars) }));
  let failure: Failure | null = null;
  try {
    const saved = await database.transaction(
      'rw',
      database.series,
      database.chunks,
      async (transaction) => {
        const result = await write(database, request, months);
        if (result.ok) return result.value;
        failure = result.error;
        transaction.abort();
        return null;
      },
    );
    return saved === null ? fail(failure!) : ok(saved);
  } catch (error) {
    return fail(failure ?? storeFailure(error));
  }
}

interface EncodedMonth {
  readonly month: MonthOfBars;
  readonly bytes: Uint8Array;
}

async function write(
  database: Database,
  request: SaveRequest,
  months: readonly EncodedMonth[],
): Promise<Result<Saved, Failure>> {
  const id = seriesIdOf(request.symbol, request.timeframe);
  const before = (await database.series.get(id)) ?? null;
  const mismatch = await faultOfColumns(database, id, request.bars);
  if (mismatch) return fail(mismatch);
  const tally = { added: 0, unchanged: 0, conflicts: [] as number[], bytesGrown: 0 };
  for (const [i, encoded] of months.entries()) {
    if (request.isCancelled?.()) {
      return fail({ code: 'work.cancelled', detail: 'The import was cancelled.' });
    }
    const key = encoded.month.month;
    const stored = await database.chunks.get([id, key]);
    const merged = mergeMonth(id, stored, encoded, request.onConflict);
    if (!merged.ok) return merged;
    const { bytes, bars, added, unchanged, conflicts } = merged.value;
    tally.added += added;
    tally.unchanged += unchanged;
    for (const index of conflicts) tally.conflicts.push(encoded.month.from + index);
    tally.bytesGrown += bytes.length - (stored?.bytes.length ?? 0);
    if (bytes !== stored?.bytes)
      await database.chunks.put({ seriesId: id, month: key, bars, bytes });
    request.onProgress?.((i + 1) / months.length);
  }
  const replaced = request.onConflict === 'replace' ? tally.conflicts.length : 0;
  const { added, unchanged, conflicts } = tally;
  if (before !== null && added + replaced === 0) {
    return ok({ series: before, added, unchanged, replaced, conflicts });
  }
  const series = describe(id, before, request, tally);
  await database.series.put(series);
  return ok({ series, added, unchanged, replaced, conflicts });
}

/** A series has an ask, a volume and a spread in all its months or in none. */
async function faultOfColumns(database: Database, id: string, bars: Bars): Promise<Failure | null> {
  const stored = await database.chunks
    .where(':id')
    .between(...allMonths(id))
    .first();
  if (stored === undefined) return null;
  const header = readHeader(stored.bytes);
  if (!header.ok) return header.error;
  const { hasAsk, hasVolume, hasSpread } = header.value;
  const alike =
    hasAsk === (bars.ask !== null) &&
    hasVolume === (bars.volume !== null) &&
    hasSpread === (bars.spreadPoints !== null);
  if (alike) return null;
  return {
    code: 'import.columns-mismatch',
    detail: `${id} is stored with other columns (ask, volume, spread) than the file has.`,
  };
}

interface MergedMonth {
  readonly bytes: Uint8Array;
  readonly bars: number;
  readonly added: number;
  readonly unchanged: number;
  readonly conflicts: readonly number[];
}

function mergeMonth(
  id: string,
  stored: BarChunk | undefined,
  { month, bytes }: EncodedMonth,
  onConflict: 'keep' | 'replace',
): Result<MergedMonth, Failure> {
  const count = month.bars.length;
  if (stored === undefined)
    return ok({ bytes, bars: count, added: count, unchanged: 0, conflicts: [] });
  // The same bars are the same bytes.
  if (sameBytes(stored.bytes, bytes)) {
    return ok({ bytes: stored.bytes, bars: count, added: 0, unchanged: count, conflicts: [] });
  }
  const old = decode(id, [stored]);
  if (!old.ok) return old;
  const merged = mergeBars(old.value, month.bars, onConflict);
  const changed = merged.added > 0 || (onConflict === 'replace' && merged.conflicts.length > 0);
  return ok({
    bytes: changed ? encodeChunk(merged.bars) : stored.bytes,
    bars: merged.bars.length,
    added: merged.added,
    unchanged: merged.unchanged,
    conflicts: merged.conflicts,
  });
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function describe(
  id: string,
  before: PriceSeries | null,
  { symbol, timeframe, bars, source, nowMs }: SaveRequest,
  tally: { readonly added: number; readonly bytesGrown: number },
): PriceSeries {
  return {
    id,
    symbol,
    timeframe,
    bars: (before?.bars ?? 0) + tally.added,
    firstMs: Math.min(before?.firstMs ?? Infinity, bars.timesMs[0]!),
    lastMs: Math.max(before?.lastMs ?? -Infinity, bars.timesMs.at(-1)!),
    digits: Math.max(before?.digits ?? 0, bars.digits),
    scale: Math.max(before?.scale ?? 1, bars.scale),
    hasAsk: bars.ask !== null,
    hasVolume: bars.volume !== null,
    storedBytes: (before?.storedBytes ?? 0) + tally.bytesGrown,
    importedMs: nowMs,
    sources: [...(before?.sources ?? []), { ...source, importedMs: nowMs, added: tally.added }],
  };
}
