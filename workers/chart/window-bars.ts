/** The bars of one window of a chart from those of a stored series, as known at a time. */
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Failure } from '#core/errors.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { longerBars } from '#core/market/longer-bars.ts';
import { firstAtOrAfter } from '#core/market/months.ts';
import { timeframeMs } from '#core/market/timeframe.ts';
import { ok, type Result } from '#core/result.ts';
import { spanAt } from '#core/rules/spans.ts';

export interface SeriesReader {
  readonly series: Pick<PriceSeries, 'id' | 'timeframe' | 'firstMs' | 'lastMs'>;
  /** The last `count` bars that open before `beforeMs`. */
  readonly last: (count: number, beforeMs: number) => Promise<Result<Bars, Failure>>;
}

export interface WindowBounds {
  readonly timeframe: string;
  readonly beforeMs: number | null;
  readonly untilMs: number | null;
  readonly bars: number;
}

export interface WindowBars {
  readonly bars: Bars;
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** More shorter bars than these are not taken for one window: it then holds fewer longer ones. */
const mostShorter = 1_500_000;

/** Errors: those of reading. */
export async function windowOf(
  { series, last }: SeriesReader,
  { timeframe, beforeMs, untilMs, bars: most }: WindowBounds,
): Promise<Result<WindowBars, Failure>> {
  const isOwn = timeframe === series.timeframe;
  const baseMs = timeframeMs(series.timeframe) ?? 0;
  const ratio = isOwn ? 1 : Math.ceil((timeframeMs(timeframe) ?? baseMs) / baseMs);
  const wanted = beforeMs === null || isOwn ? beforeMs : spanAt(timeframe, beforeMs - 1).toMs;
  const knownMs = untilMs === null ? Infinity : untilMs - baseMs + 1;
  const endMs = Math.min(wanted ?? Infinity, knownMs);
  const count = Math.min((most + 1) * ratio, Math.max(mostShorter, most));
  const read = await last(isOwn ? most : count, endMs);
  if (!read.ok) return read;
  const base = read.value;
  const startsSeries = (base.timesMs[0] ?? Infinity) <= series.firstMs;
  const made = isOwn ? base : longerBars(base, timeframe);
  // What the first one lacks of its beginning would be drawn as if it were whole.
  const from = isOwn || startsSeries ? 0 : 1;
  const kept = sliceBars(made, Math.max(from, made.length - most), made.length);
  return ok({
    bars: kept,
    hasOlder: !startsSeries || made.length > most,
    hasNewer: untilMs === null && endMs <= series.lastMs,
  });
}

/**
 * What changes at the end of `shown` once `untilMs` is known, of `base` that reaches that far;
 * null where nothing does.
 */
export function tailOf(
  base: Bars,
  { timeframe, baseTimeframe, lastMs, fromMs, untilMs }: TailBounds,
): Bars | null {
  const baseMs = timeframeMs(baseTimeframe) ?? 0;
  const to = firstAtOrAfter(base.timesMs, untilMs - baseMs + 1);
  const isNew = firstAtOrAfter(base.timesMs, fromMs - baseMs + 1);
  if (to <= isNew) return null;
  if (timeframe === baseTimeframe) return sliceBars(base, isNew, to);
  const from = firstAtOrAfter(base.timesMs, Math.max(lastMs, -Infinity));
  return longerBars(sliceBars(base, from, to), timeframe);
}

export interface TailBounds {
  readonly timeframe: string;
  readonly baseTimeframe: string;
  /** The open of the last bar shown. */
  readonly lastMs: number;
  /** Up to when all is shown. */
  readonly fromMs: number;
  readonly untilMs: number;
}
