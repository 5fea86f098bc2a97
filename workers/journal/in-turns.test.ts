import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inTurns } from './in-turns.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('takes the first at once, and of what comes soon after it the newest, once', () => {
  const taken: number[] = [];
  const turns = inTurns((value: number) => taken.push(value), 100);
  for (const value of [1, 2, 3]) turns.take(value);
  expect(taken).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(taken).toEqual([1, 3]);
  vi.advanceTimersByTime(1_000);
  turns.take(4);
  expect(taken).toEqual([1, 3, 4]);
  turns.take(5);
  turns.end();
  vi.advanceTimersByTime(1_000);
  expect(taken).toEqual([1, 3, 4]);
});
