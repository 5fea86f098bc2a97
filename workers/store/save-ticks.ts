/** Ticks written into this device's database: a whole import, or nothing of it. */
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Failure } from '#core/errors.ts';
import type { Ticks } from '#core/market/ticks.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from './database.ts';
import { storeFailure } from './failure.ts';
import { faultOfSymbol } from './merge-series.ts';
import { mergeTickSeries, type MergedTickSeries } from './tick-series.ts';

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
  let failure: Failure | null = null;
  try {
    const saved = await database.transaction(
      'rw',
      database.series,
      database.tickChunks,
      async (transaction) => {
        const merge = { ...request, sources, importedMs: nowMs };
        const result = await mergeTickSeries(database, merge);
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
