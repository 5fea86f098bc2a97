/**
 * How fast a source is asked: as many requests as it bears, a few at once, and none before the
 * time that it named itself. Values in, values out.
 */

export interface Pace {
  readonly requests: number;
  readonly perMs: number;
}

export interface Spent {
  /** Requests that may be made at once. */
  readonly left: number;
  readonly atMs: number;
  /** What the source asked for: nothing before. */
  readonly notBeforeMs: number;
}

export function unspent({ requests }: Pace, nowMs: number): Spent {
  return { left: requests, atMs: nowMs, notBeforeMs: 0 };
}

/** One request taken, or how long to wait until one can be. */
export function take(
  spent: Spent,
  { requests, perMs }: Pace,
  nowMs: number,
): { readonly spent: Spent; readonly waitMs: number } {
  const atMs = Math.max(spent.atMs, nowMs);
  const left = Math.min(requests, spent.left + ((atMs - spent.atMs) * requests) / perMs);
  const now: Spent = { ...spent, left, atMs };
  if (nowMs < spent.notBeforeMs) return { spent: now, waitMs: spent.notBeforeMs - nowMs };
  // Parts of a request are added up, and so a whole one may be a little less.
  if (left < 1 - 1e-6) return { spent: now, waitMs: Math.ceil(((1 - left) * perMs) / requests) };
  return { spent: { ...now, left: Math.max(0, left - 1) }, waitMs: 0 };
}

const leastRestMs = 1_000;
const longestRestMs = 3_600_000;
const usualRestMs = 30_000;

/** It said that it was too much: for how long, where it said so, else for a while. */
export function restAfterLimit(spent: Spent, retryAfterMs: number | null, nowMs: number): Spent {
  const restMs = Math.min(longestRestMs, Math.max(leastRestMs, retryAfterMs ?? usualRestMs));
  return { ...spent, notBeforeMs: Math.max(spent.notBeforeMs, nowMs + restMs) };
}
