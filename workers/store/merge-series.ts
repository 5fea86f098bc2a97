/** Bars merged into a stored series, within a transaction that someone else has begun. */
import type { Failure } from '#core/errors.ts';
import { ok, fail, type Result } from '#core/result.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Bars } from '#core/market/bars.ts';
import { encodeChunk, readHeader } from '#core/market/chunk.ts';
import { mergeBars } from '#core/market/merge-bars.ts';
import { splitMonths, type MonthOfBars } from '#core/market/months.ts';
import type { BarChunk, Database } from './database.ts';
import { allMonths, decode } from './series.ts';

export interface MergeRequest {
  readonly symbol: string;
  readonly timeframe: string;
  readonly bars: Bars;
  /** What to add to the series' sources, given how many bars were added. */
  readonly sources: (added: number) => PriceSeries['sources'];
  readonly onConflict: 'keep' | 'replace';
  readonly importedMs: number;
  /** Looked at between months; true ends it with `work.cancelled`. */
  readonly isCancelled?: (() => boolean) | undefined;
  readonly onProgress?: ((ratio: number) => void) | undefined;
}

export interface MergedSeries {
  readonly series: PriceSeries;
  readonly added: number;
  readonly unchanged: number;
  readonly replaced: number;
  /** Indices into the request's bars that were stored with other values. */
  readonly conflicts: readonly number[];
}

/** A symbol as it may stand in a series id. */
const symbolPattern = /^[A-Z0-9.^_#&=+!/-]{1,32}$/;

export function isSymbol(text: string): boolean {
  return symbolPattern.test(text);
}

/** `import.name-invalid` where a text cannot name a symbol. */
export function faultOfSymbol(text: string): Failure | null {
  if (isSymbol(text)) return null;
  const detail = `"${text}" cannot name a series: letters, digits and .^_#&=+!/- only.`;
  return { code: 'import.name-invalid', detail };
}

export function seriesIdOf(symbol: string, timeframe: string): string {
  return `${symbol}.${timeframe}`;
}

export interface EncodedMonth {
  readonly month: MonthOfBars;
  readonly bytes: Uint8Array;
}

export function encodeMonths(bars: Bars): readonly EncodedMonth[] {
  return splitMonths(bars).map((month) => ({ month, bytes: encodeChunk(month.bars) }));
}

/**
 * Merges bars into their series, month by month, and rewrites its row. Only within a transaction
 * on `series` and `chunks`, which the caller takes back when this fails.
 *
 * Bars that change nothing change nothing at all, the list of sources included.
 * Errors: `import.columns-mismatch`, `store.damaged`, `work.cancelled`.
 */
export async function mergeSeries(
  database: Database,
  request: MergeRequest,
  months: readonly EncodedMonth[],
): Promise<Result<MergedSeries, Failure>> {
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
  { symbol, timeframe, bars, sources, importedMs }: MergeRequest,
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
    importedMs: Math.max(before?.importedMs ?? 0, importedMs),
    sources: [...(before?.sources ?? []), ...sources(tally.added)],
  };
}
