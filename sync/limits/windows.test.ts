import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCall, hourMs, minuteMs, waitMs, type Count } from './windows.ts';

const fresh: Count = { minuteStartMs: 0, minuteUsed: 0, hourStartMs: 0, hourUsed: 0 };
const startMs = 1_800_000_000_000;

describe('the windows of a minute and an hour', () => {
  it('let a call through after exactly the wait they name, and not a millisecond before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 60 }),
        fc.record({ minute: fc.integer({ min: 1, max: 4 }), hour: fc.integer({ min: 1, max: 9 }) }),
        (pausesMs, limit) => {
          let count = fresh;
          let nowMs = startMs;
          for (const pauseMs of pausesMs) {
            nowMs += pauseMs;
            const wait = waitMs(count, limit, nowMs);
            if (wait === 0) {
              count = countCall(count, nowMs);
              continue;
            }
            expect(waitMs(count, limit, nowMs + wait)).toBe(0);
            expect(waitMs(count, limit, nowMs + wait - 1)).toBe(1);
          }
        },
      ),
    );
  });

  it('begin at the first call in them', () => {
    const limit = { minute: 1, hour: 10 };
    const count = countCall(fresh, startMs + 59_000);
    expect(waitMs(count, limit, startMs + 60_000)).toBe(minuteMs - 1_000);
  });

  it('bear a clock that is a little behind, and forget one that was hours ahead', () => {
    const limit = { minute: 1, hour: 10 };
    const ahead = countCall(fresh, startMs + 500);
    expect(waitMs(ahead, limit, startMs)).toBe(minuteMs + 500);
    const wrong = countCall(fresh, startMs + 3 * hourMs);
    expect(waitMs(wrong, limit, startMs)).toBe(0);
  });
});
