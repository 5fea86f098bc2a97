/** Ticks written into this device's database: a whole import, or nothing of it. */
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Failure } from '#core/errors.ts';
import type { Ticks } from '#core/market/ticks.ts';
import { fail, type Result } from '#core/result.ts';
import type { Database } from './database.ts';
import { faultOfSymbol } from './merge-series.ts';
import { mergeTickSeries, type MergedTickSeries } from './tick-series.ts';
import { wholeOrNothing } from './whole-or-nothing.ts';

export interface SaveTicksRequest {
  readonly symbol: string;
  readonly ticks: Ticks;
  readonly source: Omit<PriceSeries['sources'][number], 'importedMs' | 'added'>;
  readonly nowMs: number;
  /** Looked at between days; true takes everything back. */
  readonly isCancelled?: () => boolean;
  readonly onProgress?: (ratio: number) => void;
}

/**
 * Merges ticks into their series in one transaction, as `saveBars` does bars.
 *
 * Errors: `import.name-invalid`, `import.columns-mismatch`, `store.full`, `store.damaged`,
 * `store.unavailable`, `work.cancelled`.
 */
export async function saveTicks(
  database: Database,
  request: SaveTicksRequest,
): Promise<Result<MergedTickSeries, Failure>> {
  const { symbol, source, nowMs } = request;
  const fault = faultOfSymbol(symbol);
  if (fault) return fail(fault);
  const sources = (added: number) => [{ ...source, importedMs: nowMs, added }];
  const merge = { ...request, sources, importedMs: nowMs };
  return wholeOrNothing(database, database.tickChunks, () => mergeTickSeries(database, merge));
}
