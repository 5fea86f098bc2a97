/** Which bars on this device a round trip is shown on, in which timeframes, and how much around it. */
import { isTickSeries, type PriceSeries } from '#core/collections/price-series.ts';
import type { RoundTrip } from '#core/journal/round-trip.ts';
import { plainSymbol } from '#core/journal/trip-measure.ts';
import { timeframeMs } from '#core/market/timeframe.ts';
import { timeframesOf } from '#lib/chart/chart-source.ts';

/** Bars before the opening from which a replay begins, and after the closing to which it goes. */
export const barsBefore = 30;
export const barsAfter = 20;
/** A round trip is shown well when it lasts about so many bars. */
const wantedBars = 24;

/** Of its symbol, however the broker of each spells it, and with bars at its opening. */
export function seriesAround(
  all: readonly PriceSeries[],
  { symbol, openedMs }: Pick<RoundTrip, 'symbol' | 'openedMs'>,
): readonly PriceSeries[] {
  const plain = plainSymbol(symbol);
  const about = all.filter((each) => {
    const barMs = isTickSeries(each) ? null : timeframeMs(each.timeframe);
    if (barMs === null || plainSymbol(each.symbol) !== plain) return false;
    return each.firstMs <= openedMs && each.lastMs + barMs > openedMs;
  });
  const own = about.filter((each) => each.symbol === symbol);
  if (own.length > 0) return own;
  // Of several brokers that of the first alone: one chart is of one market.
  return about.filter((each) => each.symbol === about[0]?.symbol);
}

/** Offered timeframes, the shortest first, and the one in which all of it is seen best. */
export function timeframesAround(
  series: readonly PriceSeries[],
  heldMs: number,
): { readonly offered: readonly string[]; readonly best: string | null } {
  const symbol = series[0]?.symbol;
  const offered = symbol === undefined ? [] : timeframesOf(series, symbol);
  const fitting = offered.filter((each) => (timeframeMs(each) ?? 0) * wantedBars <= heldMs);
  return { offered, best: fitting.at(-1) ?? offered[0] ?? null };
}
