/** Returns of days and of round trips, as ratios: 0.01 is 1 %. */
import type { RoundTripColumns } from '../execution/outcome.ts';
import { DAY_MS } from './calendar.ts';

/** The last bar of each UTC day that has bars. */
export function dayEndBars(timesMs: Float64Array): Int32Array {
  const ends: number[] = [];
  const last = timesMs.length - 1;
  if (last < 0) return new Int32Array(0);
  let nextDayMs = (Math.floor(timesMs[0]! / DAY_MS) + 1) * DAY_MS;
  for (let i = 1; i <= last; i++) {
    if (timesMs[i]! < nextDayMs) continue;
    ends.push(i - 1);
    nextDayMs = (Math.floor(timesMs[i]! / DAY_MS) + 1) * DAY_MS;
  }
  ends.push(last);
  return Int32Array.from(ends);
}

/**
 * The change of the last equity of each UTC day that has bars, one fewer than such days, and
 * their geometric mean, 0 where there is only one day. `dayEnds` are those of `dayEndBars`.
 *
 * A day after equity fell to 0 returns 0. Source: backtesting.py, `_stats.py`.
 */
export function dailyReturns(
  equity: Float64Array,
  dayEnds: Int32Array,
): { readonly returns: Float64Array; readonly geometricMean: number } {
  const returns = new Float64Array(dayEnds.length - 1);
  let before = equity[dayEnds[0]!]!;
  const first = before;
  for (let k = 0; k < returns.length; k++) {
    const now = equity[dayEnds[k + 1]!]!;
    returns[k] = before > 0 ? now / before - 1 : 0;
    before = now;
  }
  const growth = before / first;
  const geometricMean = returns.length === 0 ? 0 : growth ** (1 / returns.length) - 1;
  return { returns, geometricMean };
}

/**
 * ±(exit ÷ entry − 1) − commissions ÷ (|units| × entry) of each round trip.
 *
 * Source: backtesting.py, `Trade.pl_pct`.
 */
export function tripReturns(trips: RoundTripColumns): Float64Array {
  const returns = new Float64Array(trips.count);
  for (let k = 0; k < trips.count; k++) {
    const units = trips.units[k]!;
    const entry = trips.entryPrice[k]!;
    const change = trips.exitPrice[k]! / entry - 1;
    const cost = trips.commission[k]! / (Math.abs(units) * entry);
    returns[k] = (units > 0 ? change : -change) - cost;
  }
  return returns;
}
