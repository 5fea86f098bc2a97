/** The part of equity that a position takes so that it moves as much in a year as is wanted. */
import { DAY_MS } from '../market/timeframe.ts';

const YEAR_MS = 365.25 * DAY_MS;

/**
 * Volatility wanted ÷ volatility of a year, at most 1; NaN where the latter is not known.
 *
 * `barPercents` is the deviation of the returns of one bar, in percent. The bars of a year are
 * counted from the first bar on, nights and weekends included, so that no calendar is needed
 * and no later bar is looked at.
 */
export function volatilityFractions(
  timesMs: Float64Array,
  barPercents: Float64Array,
  wantedRatio: number,
): Float64Array {
  const out = new Float64Array(timesMs.length);
  for (let i = 0; i < out.length; i++) {
    const barsPerYear = i / ((timesMs[i]! - timesMs[0]!) / YEAR_MS);
    const yearRatio = (barPercents[i]! / 100) * Math.sqrt(barsPerYear);
    out[i] = yearRatio === 0 ? 1 : Math.min(1, wantedRatio / yearRatio);
  }
  return out;
}
