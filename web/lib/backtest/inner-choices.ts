/** What is stored that could move inside the bars of a price series. */
import { isTickSeries, type PriceSeries } from '#core/collections/price-series.ts';
import { timeframeMs } from '#core/market/timeframe.ts';

export interface InnerChoices {
  /** The finest timeframe of the same symbol below that of the series. */
  readonly timeframe: string | null;
  readonly ticks: boolean;
}

export const nothingInside: InnerChoices = { timeframe: null, ticks: false };

/** `stored` is every series, those of ticks included. */
export function innerChoices(
  series: PriceSeries | undefined,
  stored: readonly PriceSeries[],
): InnerChoices {
  if (!series) return nothingInside;
  const lengthMs = (each: PriceSeries) => timeframeMs(each.timeframe) ?? Infinity;
  const sameSymbol = stored.filter((each) => each.symbol === series.symbol);
  const finer = sameSymbol
    .filter((each) => lengthMs(each) < lengthMs(series))
    .toSorted((a, b) => lengthMs(a) - lengthMs(b));
  return { timeframe: finer[0]?.timeframe ?? null, ticks: sameSymbol.some(isTickSeries) };
}
