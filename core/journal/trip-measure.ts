/** How a round trip went between its deals, by bars: how far against it and for it, and later exits. */
import { isTickSeries, type PriceSeries } from '../collections/price-series.ts';
import type { Bars } from '../market/bars.ts';
import { timeframeMs } from '../market/timeframe.ts';
import { excursionOf, isClosed, laterExits, type Excursion, type LaterExit } from './excursion.ts';
import type { RoundTrip } from './round-trip.ts';
import { efficiency, moneyPerPrice, type PlannedTrip } from './trip-figures.ts';

export interface TripMeasure extends Excursion {
  readonly timeframe: string;
  /** The part of the best that the exit kept; null where it was never ahead. */
  readonly kept: number | null;
  /** Money that one unit of price is worth over all of it; null where nobody can tell. */
  readonly worth: number | null;
  readonly later: readonly LaterExit[];
  /** Times after the exit that bars so coarse do not tell of. */
  readonly tooCoarse: readonly number[];
}

const minuteMs = 60_000;
/** After the real one. */
const laterMs = [5, 15, 60, 240, 1440].map((minutes) => minutes * minuteMs);

/**
 * As brokers spell them: `XAUUSD.r`, `XAUUSD.pro` and `xauusd` are `XAUUSD`. A capital after the
 * point is part of the name: `BRK.A` and `BRK.B` are two.
 */
export const plainSymbol = (symbol: string): string =>
  symbol.replace(/(?<=.)\.[a-z]+$/, '').toUpperCase();

type Listed = Pick<PriceSeries, 'id' | 'symbol' | 'timeframe' | 'firstMs' | 'lastMs'>;

/** The finest bars that reach over all of it, of the very symbol first; null where there are none. */
export function seriesOver<T extends Listed>(trip: RoundTrip, series: readonly T[]): T | null {
  if (!isClosed(trip)) return null;
  const { symbol, openedMs, closedMs } = trip;
  const plain = plainSymbol(symbol);
  const able = series.flatMap((each) => {
    const barMs = isTickSeries(each) ? null : timeframeMs(each.timeframe);
    if (barMs === null || plainSymbol(each.symbol) !== plain) return [];
    const reaches = each.firstMs <= openedMs && each.lastMs + barMs >= closedMs;
    return reaches ? [{ each, barMs, isOther: each.symbol !== symbol }] : [];
  });
  const [best] = able.sort((a, b) => Number(a.isOther) - Number(b.isOther) || a.barMs - b.barMs);
  return best?.each ?? null;
}

/** Null while it is open, and where the bars do not reach over it. */
export function measureOf(trip: PlannedTrip, bars: Bars, timeframe: string): TripMeasure | null {
  const barMs = timeframeMs(timeframe);
  if (!isClosed(trip) || barMs === null) return null;
  const excursion = excursionOf(trip, bars, barMs);
  if (!excursion) return null;
  const { exits, tooCoarse } = laterExits(trip, bars, barMs, laterMs);
  return {
    ...excursion,
    timeframe,
    kept: efficiency(trip, excursion),
    worth: moneyPerPrice(trip),
    ...{ later: exits, tooCoarse },
  };
}
