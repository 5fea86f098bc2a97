/**
 * The prices that runs are made on: taken from the store once, and kept until a run needs others
 * or what is stored has changed.
 */
import { isTickSeries, type PriceSeries } from '#core/collections/price-series.ts';
import { companionOf, innerMissing, innerSource } from '#core/collections/run-sources.ts';
import type { Failure } from '#core/errors.ts';
import type { InnerPrices, Market } from '#core/execution/order-desk.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Bars } from '#core/market/bars.ts';
import { innerBars, innerTicks } from '#core/market/inner-prices.ts';
import type { Ticks } from '#core/market/ticks.ts';
import { timeframeMs } from '#core/market/timeframe.ts';
import { fail, ok, type Result } from '#core/result.ts';

export interface ShelfPorts {
  readonly listSeries: () => Promise<Result<readonly PriceSeries[], Failure>>;
  readonly loadBars: (seriesId: string) => Promise<Result<Bars, Failure>>;
  /** Those of the days from `fromMs` to `toMs`. */
  readonly loadTicks: (
    seriesId: string,
    span: { readonly fromMs: number; readonly toMs: number },
  ) => Promise<Result<Ticks, Failure>>;
}

export interface WantedPrices {
  /** The first, and those that are traded beside it. */
  readonly seriesIds: readonly string[];
  /** Other symbols that the rules read. */
  readonly symbols: readonly string[];
  readonly settings: RunSettings;
}

export interface PricesOfRun {
  /** One for each series id. */
  readonly markets: readonly Market[];
  readonly companions: ReadonlyMap<string, Bars>;
  /** Ids of what moves inside the bars of each market; empty where nothing does. */
  readonly innerIds: readonly string[];
  readonly companionIds: readonly string[];
}

export interface SeriesShelf {
  /**
   * Errors: `store.not-found`, `run.inner-missing` and `run.symbol-missing`, which name what to
   * import, and those of loading.
   */
  take(wanted: WantedPrices): Promise<Result<PricesOfRun, Failure>>;
}

interface Kept {
  /** The row of the series as it was: with it changed the prices may have, too. */
  readonly mark: string;
  readonly prices: unknown;
}

export function openShelf(ports: ShelfPorts): SeriesShelf {
  let kept: ReadonlyMap<string, Kept> = new Map();
  return {
    async take({ seriesIds, symbols, settings }) {
      const stored = await ports.listSeries();
      if (!stored.ok) return stored;
      const loader = createLoader(ports, kept);
      const markets: Market[] = [];
      const innerIds: string[] = [];
      for (const id of seriesIds) {
        const row = stored.value.find((each) => each.id === id);
        if (!row || isTickSeries(row)) return notFound(id);
        const bars = await loader.bars(row);
        if (!bars.ok) return bars;
        const source = innerSource(row, stored.value, settings);
        if (!source.ok) return source;
        const inner = source.value ? await loader.inner(row, bars.value, source.value) : ok(null);
        if (!inner.ok) return inner;
        if (source.value) innerIds.push(source.value.id);
        markets.push({ symbol: row.symbol, bars: bars.value, inner: inner.value });
      }
      const companions = new Map<string, Bars>();
      const companionIds: string[] = [];
      for (const symbol of symbols) {
        const row = companionOf(symbol, stored.value, seriesIds[0]!);
        if (!row.ok) return row;
        const bars = await loader.bars(row.value);
        if (!bars.ok) return bars;
        companions.set(symbol, bars.value);
        companionIds.push(row.value.id);
      }
      kept = loader.used;
      return ok({ markets, companions, innerIds, companionIds });
    },
  };
}

/** Loads what a run asks for unless it is among `kept`, and notes all that it was asked for. */
function createLoader(ports: ShelfPorts, kept: ReadonlyMap<string, Kept>) {
  const used = new Map<string, Kept>();

  async function keep<T>(
    key: string,
    series: readonly PriceSeries[],
    load: () => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> {
    const mark = JSON.stringify(series);
    const known = used.get(key) ?? kept.get(key);
    const isSame = known?.mark === mark;
    const loaded = isSame ? ok(known.prices as T) : await load();
    if (loaded.ok) used.set(key, { mark, prices: loaded.value });
    return loaded;
  }

  async function place(
    row: PriceSeries,
    bars: Bars,
    of: PriceSeries,
  ): Promise<Result<InnerPrices, Failure>> {
    if (!isTickSeries(of)) {
      const lower = await ports.loadBars(of.id);
      return lower.ok ? ok(innerBars(bars, row.timeframe, lower.value)) : lower;
    }
    const fromMs = bars.timesMs[0]!;
    const toMs = bars.timesMs.at(-1)! + (timeframeMs(row.timeframe) ?? 0);
    const ticks = await ports.loadTicks(of.id, { fromMs, toMs });
    if (ticks.ok) return ok(innerTicks(bars, row.timeframe, ticks.value));
    return ticks.error.code === 'store.not-found' ? innerMissing(row, of.id) : ticks;
  }

  return {
    used,
    bars: (row: PriceSeries) => keep(row.id, [row], () => ports.loadBars(row.id)),
    /** What of `of` lies inside the bars of `row`. */
    inner: (row: PriceSeries, bars: Bars, of: PriceSeries) =>
      keep(`${row.id} ${of.id}`, [row, of], () => place(row, bars, of)),
  };
}

function notFound(seriesId: string): Result<never, Failure> {
  return fail({ code: 'store.not-found', detail: `No bars of ${seriesId} are stored here.` });
}
