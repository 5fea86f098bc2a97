/**
 * A circuit breaker: a source that failed several times in a row is left alone for a while, then
 * tried once; each time that fails it is left alone for longer. Values in, values out.
 */

export interface Breaker {
  /** In a row. */
  readonly failures: number;
  /** How often it was opened without a success since. */
  readonly openings: number;
  /** Not to be asked before; 0 = it is closed. */
  readonly openUntilMs: number;
  /** The one try of a half-open breaker began then; null = none is under way. */
  readonly triedMs: number | null;
}

export const closedBreaker: Breaker = { failures: 0, openings: 0, openUntilMs: 0, triedMs: null };

export const failuresToOpen = 4;
const firstRestMs = 15_000;
const longestRestMs = 300_000;
/** A try of which nothing was heard for so long is no longer waited for. */
const tryLimitMs = 30_000;

export type BreakerState = 'closed' | 'open' | 'half-open';

export function breakerState({ openUntilMs }: Breaker, nowMs: number): BreakerState {
  if (openUntilMs === 0) return 'closed';
  return nowMs < openUntilMs ? 'open' : 'half-open';
}

/** The breaker once somebody asks; null where the source is not to be asked now. */
export function beginAsking(breaker: Breaker, nowMs: number): Breaker | null {
  const state = breakerState(breaker, nowMs);
  if (state === 'closed') return breaker;
  const isTried = breaker.triedMs !== null && nowMs - breaker.triedMs < tryLimitMs;
  if (state === 'open' || isTried) return null;
  return { ...breaker, triedMs: nowMs };
}

export function succeeded(): Breaker {
  return closedBreaker;
}

export function failed(breaker: Breaker, nowMs: number): Breaker {
  const failures = breaker.failures + 1;
  const wasTried = breaker.triedMs !== null;
  // What was asked before it opened and fails only now changes nothing.
  if (breaker.openUntilMs > 0 && !wasTried) return breaker;
  if (!wasTried && failures < failuresToOpen) return { ...breaker, failures };
  const restMs = Math.min(longestRestMs, firstRestMs * 2 ** breaker.openings);
  return {
    failures,
    openings: Math.min(breaker.openings + 1, 10),
    openUntilMs: nowMs + restMs,
    triedMs: null,
  };
}

/** It was not asked after all, or it refused for its pace's sake: no news of its health. */
export function undecided(breaker: Breaker): Breaker {
  return { ...breaker, triedMs: null };
}
