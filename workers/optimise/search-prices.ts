/** The prices that the runs of a search are made on: bars, and what is read beside them. */
import { sourcesBeside } from '#core/collections/run-sources.ts';
import type { Failure } from '#core/errors.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Bars } from '#core/market/bars.ts';
import type { Beside } from '#core/optimise/beside.ts';
import { markOf, type PricesMark } from '#core/optimise/sweep.ts';
import { ok, type Result } from '#core/result.ts';
import { compileRules } from '#core/rules/compile.ts';
import { openShelf, type ShelfPorts } from '#workers/backtest/series-shelf.ts';

/** One of a search. */
export interface PricedRun {
  readonly seriesId: string;
  readonly source: string;
  readonly settings: RunSettings;
}

export interface SearchPrices {
  readonly bars: Bars;
  readonly beside: Beside;
  /** What `beside` was taken from, as it is stored now. */
  readonly marks: readonly PricesMark[];
}

/** Takes prices as a backtest does. Errors: those of `SeriesShelf.take`. */
export type TakePrices = (run: PricedRun) => Promise<Result<SearchPrices, Failure>>;

export function openSearchPrices(ports: ShelfPorts): TakePrices {
  const shelf = openShelf(ports);
  return async ({ seriesId, source, settings }) => {
    const symbols = compileRules(source).program?.symbols ?? [];
    const stored = await ports.listSeries();
    if (!stored.ok) return stored;
    const taken = await shelf.take({ seriesIds: [seriesId], symbols, settings });
    if (!taken.ok) return taken;
    const { bars, inner } = taken.value.markets[0]!;
    const row = stored.value.find(({ id }) => id === seriesId);
    const sources = row ? sourcesBeside(row, { symbols, settings }, stored.value) : ok([]);
    if (!sources.ok) return sources;
    const beside = { inner, companions: taken.value.companions };
    return ok({ bars, beside, marks: sources.value.map(markOf) });
  };
}
