/** How long a bar is and how many returns make a year, read off the bars' own times. */

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A market counts as open at weekends when more than this share of its bars lies there. */
const WEEKEND_SHARE = (2 / 7) * 0.6;

/**
 * Returns in a year: 52 for weekly bars, 12 for monthly, 4 for quarterly, 1 for yearly; for all
 * others one a trading day, 365 where more than 17.1 % of bars are on weekends, else 252.
 *
 * Source: backtesting.py, `_stats.py`.
 */
export function periodsPerYear(timesMs: Float64Array): number {
  const days = Math.floor(barPeriodMs(timesMs) / DAY_MS);
  if (days === 7) return 52;
  if (days >= 28 && days <= 31) return 12;
  if (days >= 89 && days <= 92) return 4;
  if (days >= 365 && days <= 366) return 1;
  return countWeekendBars(timesMs) / timesMs.length > WEEKEND_SHARE ? 365 : 252;
}

function countWeekendBars(timesMs: Float64Array): number {
  let count = 0;
  let nextDayMs = -Infinity;
  let isWeekend = false;
  for (let i = 0; i < timesMs.length; i++) {
    const timeMs = timesMs[i]!;
    if (timeMs >= nextDayMs) {
      nextDayMs = (Math.floor(timeMs / DAY_MS) + 1) * DAY_MS;
      isWeekend = weekdayOf(timeMs) > 4;
    }
    if (isWeekend) count++;
  }
  return count;
}

/** The largest of day, hour, minute, second that divides the bar's period; else 1 ms. */
export function barUnitMs(timesMs: Float64Array): number {
  const periodMs = barPeriodMs(timesMs);
  return [DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS].find((unit) => periodMs % unit === 0) ?? 1;
}

/** Median distance between the last hundred bars; 0 for a single bar. */
function barPeriodMs(timesMs: Float64Array): number {
  const recent = timesMs.subarray(Math.max(0, timesMs.length - 100));
  const gaps = recent.subarray(1).map((timeMs, i) => timeMs - recent[i]!);
  if (gaps.length === 0) return 0;
  gaps.sort();
  const middle = gaps.length >> 1;
  return gaps.length % 2 === 1 ? gaps[middle]! : (gaps[middle - 1]! + gaps[middle]!) / 2;
}

/** 0 = Monday … 6 = Sunday, in UTC. */
export function weekdayOf(timeMs: number): number {
  // 1970-01-01 was a Thursday.
  return (((Math.floor(timeMs / DAY_MS) + 3) % 7) + 7) % 7;
}
