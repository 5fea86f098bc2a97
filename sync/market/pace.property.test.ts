/** The pace of asking over any rhythm. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restAfterLimit, take, unspent } from './pace.ts';

const pace = fc.record({
  requests: fc.integer({ min: 1, max: 60 }),
  perMs: fc.integer({ min: 100, max: 60_000 }),
});
const pauses = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 200 });

test('never takes more in any stretch than what is there at once and what came since', () => {
  fc.assert(
    fc.property(pace, pauses, (limit, steps) => {
      let nowMs = 0;
      let spent = unspent(limit, nowMs);
      const taken: number[] = [];
      for (const pauseMs of steps) {
        nowMs += pauseMs;
        const got = take(spent, limit, nowMs);
        spent = got.spent;
        if (got.waitMs === 0) taken.push(nowMs);
      }
      for (let from = 0; from < taken.length; from++) {
        const spanMs = taken.at(-1)! - taken[from]!;
        const most = limit.requests + (spanMs * limit.requests) / limit.perMs;
        expect(taken.length - from).toBeLessThanOrEqual(most + 1e-6);
      }
    }),
  );
});

test('is free again after the wait that it names', () => {
  fc.assert(
    fc.property(pace, pauses, (limit, steps) => {
      let nowMs = 0;
      let spent = unspent(limit, nowMs);
      for (const pauseMs of steps) {
        nowMs += pauseMs % 50;
        const got = take(spent, limit, nowMs);
        spent = got.spent;
        if (got.waitMs > 0) expect(take(spent, limit, nowMs + got.waitMs).waitMs).toBe(0);
      }
    }),
  );
});

test('asks nothing before the time that the source named, and rests in bounds where it names none', () => {
  const limit = { requests: 10, perMs: 1_000 };
  const rested = restAfterLimit(unspent(limit, 0), 7_000, 100);
  expect(take(rested, limit, 7_099)).toMatchObject({ waitMs: 1 });
  expect(take(rested, limit, 7_100)).toMatchObject({ waitMs: 0 });
  expect(restAfterLimit(unspent(limit, 0), null, 0).notBeforeMs).toBe(30_000);
  expect(restAfterLimit(unspent(limit, 0), 0, 0).notBeforeMs).toBe(1_000);
  expect(restAfterLimit(unspent(limit, 0), 1e12, 0).notBeforeMs).toBe(3_600_000);
  expect(restAfterLimit(rested, 1_000, 200).notBeforeMs).toBe(7_100);
});
