/** Bars written into this device's database: a whole import, or nothing of it. */
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Bars } from '#core/market/bars.ts';
import type { Database } from './database.ts';
import { encodeMonths, faultOfSymbol, mergeSeries, type MergedSeries } from './merge-series.ts';
import { wholeOrNothing } from './whole-or-nothing.ts';

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

/**
 * Merges bars into their series in one transaction: two tabs that do this at once take turns, a
 * closed tab leaves nothing.
 *
 * An import that changes no bar changes nothing at all, the list of sources included.
 * Errors: `import.name-invalid`, `import.columns-mismatch`, `store.full`, `store.damaged`,
 * `store.unavailable`, `work.cancelled`.
 */
export async function saveBars(
  database: Database,
  request: SaveRequest,
): Promise<Result<MergedSeries, Failure>> {
  const { symbol, bars, source, nowMs } = request;
  const fault = faultOfSymbol(symbol);
  if (fault) return fail(fault);
  const months = encodeMonths(bars);
  const sources = (added: number) => [{ ...source, importedMs: nowMs, added }];
  const merge = { ...request, sources, importedMs: nowMs };
  return wholeOrNothing(database, database.chunks, () => mergeSeries(database, merge, months));
}
