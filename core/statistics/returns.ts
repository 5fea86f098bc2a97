/** Returns of days and of round trips, as ratios: 0.01 is 1 %. */
import type { RoundTripColumns } from '../execution/outcome.ts';
import { DAY_MS } from './calendar.ts';

/** The last bar of each UTC day that has bars. */
export function dayEndBars(timesMs: Float64Array): Int32Array {
  const ends: number[] = [];
  const last = timesMs.length - 1;
  let day = Math.floor(timesMs[0]! / DAY_MS);
  for (let i = 0; i <= last; i++) {
    const nextDay = i < last ? Math.floor(timesMs[i + 1]! / DAY_MS) : NaN;
    if (nextDay !== day) ends.push(i);
    day = nextDay;
  }
  return Int32Array.from(ends);
}

/**
 * The change of the last equity of each UTC day that has bars, one fewer than such days, and
 * their geometric mean, 0 where there is only one day.
 *
 * A day after equity fell to 0 returns 0. Source: backtesting.py, `_stats.py`.
 */
export function dailyReturns(
  equity: Float64Array,
  timesMs: Float64Array,
): { readonly returns: Float64Array; readonly geometricMean: number } {
  const dayEnds = Array.from(dayEndBars(timesMs), (bar) => equity[bar]!);
  const returns = new Float64Array(dayEnds.length - 1);
  for (let k = 0; k < returns.length; k++) {
    returns[k] = dayEnds[k]! > 0 ? dayEnds[k + 1]! / dayEnds[k]! - 1 : 0;
  }
  const growth = dayEnds.at(-1)! / dayEnds[0]!;
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
