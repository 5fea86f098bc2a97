/** Bars made of the ticks that are stored here, stored as a series of their own. */
import { TICKS, type PriceSeries } from '#core/collections/price-series.ts';
import type { Failure } from '#core/errors.ts';
import { barsOfTicks } from '#core/market/bars-of-ticks.ts';
import { ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import { seriesIdOf } from '#workers/store/merge-series.ts';
import { saveBars } from '#workers/store/save-bars.ts';
import { loadTicks } from '#workers/store/tick-series.ts';

/** The id of the format that such bars name as their source. */
export const MADE_OF_TICKS = 'ticks';

/**
 * Merges the bars of `timeframe` of all stored ticks of `symbol` into their series; a bar that is
 * stored already stays as it is. Errors: those of `loadTicks` and `saveBars`.
 */
export async function makeBarsOfTicks(
  database: Database,
  symbol: string,
  timeframe: string,
  nowMs: number,
): Promise<Result<PriceSeries, Failure>> {
  const seriesId = seriesIdOf(symbol, TICKS);
  const ticks = await loadTicks(database, seriesId);
  if (!ticks.ok) return ticks;
  const saved = await saveBars(database, {
    symbol,
    timeframe,
    bars: barsOfTicks(ticks.value, timeframe),
    source: { fileName: seriesId, format: MADE_OF_TICKS, zone: 'UTC', problems: 0 },
    onConflict: 'keep',
    nowMs,
  });
  return saved.ok ? ok(saved.value.series) : saved;
}
