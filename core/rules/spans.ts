/** The stretch of time of a timeframe that an instant lies in: days begin at midnight, weeks on Monday. */
import { assert } from '../assert.ts';
import { DAY_MS, timeframeMs, WEEK_MS } from '../market/timeframe.ts';

export interface TimeSpan {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

/** 1 January 1970 was a Thursday. */
const MONDAY_MS = 4 * DAY_MS;
const longestMonthMs = 31 * DAY_MS;

/** Minutes and hours are counted from midnight, and the last of a day may be cut short by the next. */
export function spanAt(timeframe: string, timeMs: number): TimeSpan {
  const lengthMs = timeframeMs(timeframe);
  assert(lengthMs !== null, 'a plan names timeframes there are');
  if (timeframe.startsWith('MN')) return monthsAt(Number(timeframe.slice(2)), timeMs);
  if (lengthMs < DAY_MS) {
    const dayMs = Math.floor(timeMs / DAY_MS) * DAY_MS;
    const fromMs = dayMs + Math.floor((timeMs - dayMs) / lengthMs) * lengthMs;
    return { fromMs, toMs: Math.min(fromMs + lengthMs, dayMs + DAY_MS) };
  }
  const startMs = lengthMs % WEEK_MS === 0 ? MONDAY_MS : 0;
  const fromMs = startMs + Math.floor((timeMs - startMs) / lengthMs) * lengthMs;
  return { fromMs, toMs: fromMs + lengthMs };
}

function monthsAt(count: number, timeMs: number): TimeSpan {
  const date = new Date(timeMs);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const first = Math.floor(month / count) * count;
  const startOf = (index: number) => Date.UTC(Math.floor(index / 12), index % 12);
  return { fromMs: startOf(first), toMs: startOf(first + count) };
}

/** The longest that a bar of the timeframe can last, in milliseconds. */
export function longestMs(timeframe: string): number {
  if (timeframe.startsWith('MN')) return Number(timeframe.slice(2)) * longestMonthMs;
  return timeframeMs(timeframe) ?? 0;
}
