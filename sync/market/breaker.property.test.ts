/** The circuit breaker over any history of askings, answers and pauses. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  beginAsking,
  breakerState,
  closedBreaker,
  failed,
  failuresToOpen,
  succeeded,
  undecided,
} from './breaker.ts';

const step = fc.record({
  pauseMs: fc.integer({ min: 0, max: 400_000 }),
  outcome: fc.constantFrom('failed', 'succeeded', 'undecided'),
});

test('lets nobody through while it is open, one at a time while it is tried, and everybody once that succeeds', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let breaker = closedBreaker;
      let nowMs = 1_000;
      let inARow = 0;
      for (const { pauseMs, outcome } of steps) {
        nowMs += pauseMs;
        const state = breakerState(breaker, nowMs);
        const begun = beginAsking(breaker, nowMs);
        if (state === 'open') {
          expect(begun).toBeNull();
          continue;
        }
        expect(begun).not.toBeNull();
        if (state === 'half-open') expect(beginAsking(begun!, nowMs)).toBeNull();
        else expect(beginAsking(begun!, nowMs)).not.toBeNull();
        if (outcome === 'succeeded') {
          breaker = succeeded();
          inARow = 0;
        } else if (outcome === 'failed') {
          breaker = failed(begun!, nowMs);
          inARow += 1;
          const isOpen = state === 'half-open' || inARow >= failuresToOpen;
          expect(breakerState(breaker, nowMs)).toBe(isOpen ? 'open' : 'closed');
        } else breaker = undecided(begun!);
      }
      // However it went, a success after the longest rest closes it.
      const begun = beginAsking(breaker, nowMs + 300_000);
      expect(begun).not.toBeNull();
      expect(breakerState(succeeded(), nowMs)).toBe('closed');
    }),
  );
});

test('rests longer each time it is tried in vain, up to five minutes', () => {
  let breaker = closedBreaker;
  let nowMs = 1;
  for (let n = 0; n < failuresToOpen; n++) breaker = failed(breaker, nowMs);
  const rests: number[] = [];
  for (let n = 0; n < 8; n++) {
    rests.push(breaker.openUntilMs - nowMs);
    nowMs = breaker.openUntilMs;
    breaker = failed(beginAsking(breaker, nowMs)!, nowMs);
  }
  expect(rests.slice(0, 5)).toEqual([15_000, 30_000, 60_000, 120_000, 240_000]);
  expect(rests.slice(5)).toEqual([300_000, 300_000, 300_000]);
});

test('is not closed or opened anew by what was asked before it opened', () => {
  let breaker = closedBreaker;
  for (let n = 0; n < failuresToOpen; n++) breaker = failed(breaker, 1);
  expect(failed(breaker, 14_000)).toEqual(breaker);
});
