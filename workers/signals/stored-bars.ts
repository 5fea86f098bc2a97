/** Bars of a timeframe out of a stored series, made of its own where those are shorter. */
import type { Failure } from '#core/errors.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { longerBars } from '#core/market/longer-bars.ts';
import { timeframeMs } from '#core/market/timeframe.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { spanAt } from '#core/rules/spans.ts';
import type { StoredBars } from './api.ts';

export interface BarStore {
  /** The timeframe of a series; null where none is called so. */
  timeframeOf(seriesId: string): Promise<Result<string | null, Failure>>;
  last(seriesId: string, count: number): Promise<Result<Bars, Failure>>;
}

export interface Wanted {
  /** At most so many, the last ones. */
  readonly count: number;
  /** Whether a last one counts that what is stored does not reach the end of. */
  readonly last: 'closed' | 'as-it-is';
}

/** Bars read of a series at most: of minutes about a year. */
const mostRead = 400_000;

/**
 * The last bars. A first one that may lack its beginning is left out.
 *
 * Errors: `store.not-found`, `store.damaged`, `store.unavailable`.
 */
export async function storedBars(
  store: BarStore,
  { seriesId, timeframe }: StoredBars,
  { count, last }: Wanted,
): Promise<Result<Bars, Failure>> {
  const stored = await store.timeframeOf(seriesId);
  if (!stored.ok) return stored;
  if (stored.value === null) {
    return fail({ code: 'store.not-found', detail: `No ${seriesId} is stored.` });
  }
  const ownMs = timeframeMs(stored.value) ?? 0;
  const askedMs = timeframeMs(timeframe) ?? 0;
  const each = ownMs > 0 && askedMs > ownMs ? Math.ceil(askedMs / ownMs) : 1;
  const wanted = Math.min(mostRead, (count + 2) * each);
  const read = await store.last(seriesId, wanted);
  if (!read.ok) return read;
  if (each === 1) return ok(lastOf(read.value, { from: 0, to: read.value.length, count }));
  const made = longerBars(read.value, timeframe);
  const from = read.value.length === wanted ? 1 : 0;
  const reachedMs = read.value.timesMs.at(-1)! + ownMs;
  const isOpen = spanAt(timeframe, made.timesMs.at(-1)!).toMs > reachedMs;
  const to = made.length - (isOpen && last === 'closed' ? 1 : 0);
  return ok(lastOf(made, { from, to, count }));
}

function lastOf(
  bars: Bars,
  { from, to, count }: { readonly from: number; readonly to: number; readonly count: number },
): Bars {
  return sliceBars(bars, Math.min(to, Math.max(from, to - count)), to);
}
