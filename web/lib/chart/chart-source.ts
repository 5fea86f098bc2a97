/** Where the bars of a pane come from: a stored series, or the broker of a trading account. */
import type { Failure } from '#core/errors.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import { isTickSeries } from '#core/collections/price-series.ts';
import { canMake } from '#core/market/longer-bars.ts';
import { DAY_MS, timeframeMs } from '#core/market/timeframe.ts';
import type { Result } from '#core/result.ts';
import type { AskedIndicator, ChartWindow } from '#workers/chart/api.ts';
import { windowBars } from './bar-window.ts';
import type { ChartEngine } from './chart-engine.ts';

export interface WantedWindow {
  readonly beforeMs: number | null;
  /** Nothing that was not known then is shown; null = all. */
  readonly untilMs: number | null;
  readonly indicators: readonly AskedIndicator[];
}

export interface ChartSource {
  /** Differs where other bars are meant. */
  readonly key: string;
  readonly timeframe: string;
  readonly barMs: number;
  readonly digits: number;
  /** The open of the oldest bar there is; null where only asking tells. */
  readonly firstMs: number | null;
  load(window: WantedWindow): Promise<Result<ChartWindow, Failure>>;
}

/** What a chart offers to be shown in, the shortest first. */
export const chartTimeframes: readonly string[] = [
  ...['M1', 'M5', 'M15', 'M30', 'H1', 'H4', 'D1', 'W1', 'MN1'],
];

/** The stored series that a timeframe of a symbol is shown from: its own, else the longest that fits. */
export function seriesFor<S extends Pick<PriceSeries, 'symbol' | 'timeframe'>>(
  all: readonly S[],
  symbol: string,
  timeframe: string,
): S | null {
  const fitting = all.filter(
    (each) => each.symbol === symbol && !isTickSeries(each) && canMake(timeframe, each.timeframe),
  );
  return fitting.toSorted((a, b) => lengthMs(b.timeframe) - lengthMs(a.timeframe))[0] ?? null;
}

/** Timeframes that the stored series of a symbol can be shown in, the shortest first. */
export function timeframesOf(
  all: readonly Pick<PriceSeries, 'symbol' | 'timeframe'>[],
  symbol: string,
): readonly string[] {
  const own = all.filter((each) => each.symbol === symbol && !isTickSeries(each));
  const names = new Set([...own.map(({ timeframe }) => timeframe), ...chartTimeframes]);
  return [...names]
    .filter((timeframe) => seriesFor(own, symbol, timeframe) !== null)
    .toSorted((a, b) => lengthMs(a) - lengthMs(b));
}

/** The wanted timeframe, else the nearest that is not shorter, else the longest. */
export function nearestTimeframe(offered: readonly string[], wanted: string): string | null {
  if (offered.includes(wanted)) return wanted;
  const longer = offered.find((each) => lengthMs(each) >= lengthMs(wanted));
  return longer ?? offered.at(-1) ?? null;
}

export function storedSource(
  engine: ChartEngine,
  pane: string,
  { series, timeframe }: { readonly series: PriceSeries; readonly timeframe: string },
): ChartSource {
  return {
    key: `${series.id} ${series.bars} ${series.importedMs} ${timeframe}`,
    timeframe,
    barMs: lengthMs(timeframe) || DAY_MS,
    digits: series.digits,
    firstMs: series.firstMs,
    load: ({ beforeMs, untilMs, indicators }) =>
      engine.ask((worker) =>
        worker.show(pane, {
          seriesId: series.id,
          ...{ timeframe, beforeMs, untilMs, indicators, mostBars: windowBars },
        }),
      ),
  };
}

function lengthMs(timeframe: string): number {
  return timeframeMs(timeframe) ?? 0;
}
