/**
 * Counting the calls of one subject in a minute and in an hour.
 *
 * A window begins at the first call in it, not at the full minute: at the full minute all who
 * wait would come at once.
 */
import type { CallLimit } from '#core/identity/limit-classes.ts';

export const minuteMs = 60_000;
export const hourMs = 3_600_000;

/** What is known of one subject at one procedure. */
export interface Count {
  readonly minuteStartMs: number;
  readonly minuteUsed: number;
  readonly hourStartMs: number;
  readonly hourUsed: number;
}

/** Milliseconds until a call is allowed again; 0 when it is now. */
export function waitMs(count: Count, limit: CallLimit, nowMs: number): number {
  const minute = windowAt(count.minuteStartMs, count.minuteUsed, minuteMs, nowMs);
  const hour = windowAt(count.hourStartMs, count.hourUsed, hourMs, nowMs);
  return Math.max(
    minute.used < limit.minute ? 0 : minute.startMs + minuteMs - nowMs,
    hour.used < limit.hour ? 0 : hour.startMs + hourMs - nowMs,
  );
}

/** The count after one more call, or after one that counts as `cost`. */
export function countCall(count: Count, nowMs: number, cost = 1): Count {
  const minute = windowAt(count.minuteStartMs, count.minuteUsed, minuteMs, nowMs);
  const hour = windowAt(count.hourStartMs, count.hourUsed, hourMs, nowMs);
  return {
    minuteStartMs: minute.startMs,
    minuteUsed: minute.used + cost,
    hourStartMs: hour.startMs,
    hourUsed: hour.used + cost,
  };
}

/**
 * The window that a call falls in: the one under way, or a new one.
 *
 * Servers' clocks differ a little, so a start may lie ahead; one further ahead than a whole
 * window was written by a clock that was wrong, and binds nobody.
 */
function windowAt(startMs: number, used: number, lengthMs: number, nowMs: number) {
  return Math.abs(nowMs - startMs) < lengthMs ? { startMs, used } : { startMs: nowMs, used: 0 };
}
