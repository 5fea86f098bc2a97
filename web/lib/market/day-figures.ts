/** What a symbol did today: its change, and where its price stands between low and high. */
import { prices, type Bars } from '#core/market/bars.ts';
import { DAY_MS } from '#core/market/timeframe.ts';

/** The last days of a symbol, as whoever tells its prices counts days. */
export interface Days {
  readonly timesMs: readonly number[];
  readonly highs: readonly number[];
  readonly lows: readonly number[];
  readonly closes: readonly number[];
  readonly digits: number;
  /** The last one is still going on. */
  readonly isLastOpen: boolean;
}

export interface PriceNow {
  readonly price: number;
  readonly timeMs: number;
}

export interface DayFigures {
  readonly last: number;
  /** When the day of `last` began, or when the price was said. */
  readonly lastMs: number;
  /** Since the close of the day before; null where that is not known. */
  readonly change: number | null;
  /** Null also from a price that is not above zero. */
  readonly changeRatio: number | null;
  /** Null where nothing of the day is known but this price. */
  readonly low: number | null;
  readonly high: number | null;
  /** 0 at the low … 1 at the high; null where both are the same or not known. */
  readonly placeRatio: number | null;
}

export function daysOf(bars: Bars, { isLastOpen }: { readonly isLastOpen: boolean }): Days {
  const column = (field: 'high' | 'low' | 'close') => [...prices(bars.bid, field, bars.scale)];
  return {
    timesMs: [...bars.timesMs],
    highs: column('high'),
    lows: column('low'),
    closes: column('close'),
    digits: bars.digits,
    isLastOpen,
  };
}

/** Over weekends and holidays; what is older is not the day before. */
export const longestGapMs = 5 * DAY_MS;

/** Null where neither a price nor a day is known. A price older than the last day is not used. */
export function dayFigures(days: Days | null, now: PriceNow | null): DayFigures | null {
  const at = (days?.timesMs.length ?? 0) - 1;
  if (!days || at < 0) return now && alone(now);
  const openMs = days.timesMs[at]!;
  if (!now || now.timeMs < openMs) {
    const { closes, highs, lows } = days;
    return figures(closes[at]!, openMs, closes[at - 1] ?? null, [lows[at]!, highs[at]!]);
  }
  const { price, timeMs } = now;
  if (timeMs >= openMs + longestGapMs) return alone(now);
  // The day that is known is over: its close is what today is measured from.
  if (timeMs >= openMs + DAY_MS) return figures(price, timeMs, days.closes[at]!, null);
  const span: Span = [Math.min(days.lows[at]!, price), Math.max(days.highs[at]!, price)];
  return figures(price, timeMs, days.closes[at - 1] ?? null, span);
}

type Span = readonly [low: number, high: number];

function alone({ price, timeMs }: PriceNow): DayFigures {
  return figures(price, timeMs, null, null);
}

function figures(
  last: number,
  lastMs: number,
  before: number | null,
  span: Span | null,
): DayFigures {
  const change = before === null ? null : last - before;
  const [low, high] = span ?? [null, null];
  return {
    ...{ last, lastMs, change, low, high },
    changeRatio: change === null || before === null || before <= 0 ? null : change / before,
    placeRatio: low === null || high === null || high <= low ? null : (last - low) / (high - low),
  };
}
