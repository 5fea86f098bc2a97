import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallLimit } from '#core/identity/limit-classes.ts';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { appRole, connect, type Connection } from '../database/connection.ts';
import { rateLimits } from '../schema/rate-limits.ts';
import { limitKey } from './limit-key.ts';
import { createLimiter, type LimitAnswer, type Limiter } from './limiter.ts';

let postgres: TestDatabase;
let second: Connection;
/** Two servers over one database. */
let limiters: readonly [Limiter, Limiter];
let made = 0;
const freshKey = () => `test.call|account|${made++}`;
const startMs = 1_800_000_000_000;

beforeAll(async () => {
  postgres = await testDatabase();
  second = connect(postgres.url, { name: 'second', most: 2, role: appRole });
  limiters = [createLimiter(postgres.app), createLimiter(second.database)];
});
afterAll(async () => {
  await second?.close();
  await postgres?.close();
});

/** What the limits mean, from the times of the calls let through so far. */
function expectedAnswer(
  passedMs: readonly number[],
  { minute, hour }: CallLimit,
  nowMs: number,
): LimitAnswer {
  const wait = (lengthMs: number, most: number) => {
    let windowMs = -Infinity;
    for (const atMs of passedMs) if (atMs - windowMs >= lengthMs) windowMs = atMs;
    const used = passedMs.filter((atMs) => atMs >= windowMs).length;
    return nowMs - windowMs >= lengthMs || used < most ? 0 : windowMs + lengthMs - nowMs;
  };
  const retryAfterMs = Math.max(wait(60_000, minute), wait(3_600_000, hour));
  return retryAfterMs === 0 ? { ok: true } : { ok: false, retryAfterMs };
}

describe('calls one after the other', () => {
  it('are let through, refused and told to wait as the limits mean, whichever server they reach', async () => {
    const step = fc.record({
      pauseMs: fc.oneof(
        fc.integer({ min: 0, max: 30_000 }),
        fc.constantFrom(59_999, 60_000, 3_599_999, 3_600_000),
      ),
      asked: fc.constantFrom([0], [1], [0, 1], [1, 0]),
      server: fc.constantFrom(0, 1),
    });
    const limit = fc.record({
      minute: fc.integer({ min: 1, max: 3 }),
      hour: fc.integer({ min: 1, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 25 }),
        fc.tuple(limit, limit),
        async (steps, limits) => {
          const subjects = limits.map((own) => ({
            key: freshKey(),
            limit: own,
            passedMs: [] as number[],
          }));
          let nowMs = startMs;
          for (const { pauseMs, asked, server } of steps) {
            nowMs += pauseMs;
            const asks = asked.map((index) => subjects[index]!);
            const expected = asks
              .map(({ passedMs, limit: own }) => expectedAnswer(passedMs, own, nowMs))
              .reduce((one, other) => (waitOf(one) >= waitOf(other) ? one : other));
            expect(await limiters[server]!.take(asks, nowMs)).toEqual(expected);
            if (expected.ok) for (const { passedMs } of asks) passedMs.push(nowMs);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('that are refused use nothing up and put nothing off', async () => {
    const [account, address] = [freshKey(), freshKey()];
    const limit = { minute: 2, hour: 100 };
    const both = [
      { key: account, limit },
      { key: address, limit },
    ];
    for (let n = 0; n < 2; n++) await limiters[0].take([{ key: address, limit }], startMs);
    for (let n = 0; n < 50; n++) {
      expect(await limiters[n % 2]!.take(both, startMs + 1_000 * n)).toEqual({
        ok: false,
        retryAfterMs: 60_000 - 1_000 * n,
      });
    }
    expect(await limiters[0].take([{ key: account, limit }], startMs + 50_000)).toEqual({
      ok: true,
    });
    expect(await limiters[1].take(both, startMs + 60_000)).toEqual({ ok: true });
  });
});

function waitOf(answer: LimitAnswer): number {
  return answer.ok ? 0 : answer.retryAfterMs;
}

describe('calls at the same time', () => {
  it('are let through up to the limit exactly: sixty of a thousand on two servers', async () => {
    const ask = { key: freshKey(), limit: { minute: 60, hour: 1_000 } };
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => limiters[n % 2]!.take([ask], startMs)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(60);
    expect(answers.filter(({ ok }) => !ok)).toContainEqual({ ok: false, retryAfterMs: 60_000 });
  });

  it('never pass a limit, and are refused only where one of their keys is used up', async () => {
    const call = fc.record({
      asked: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }),
      server: fc.constantFrom(0, 1),
    });
    const most = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 2, maxLength: 60 }),
        fc.tuple(most, most, most, most),
        async (calls, limits) => {
          const subjects = limits.map((minute) => ({
            key: freshKey(),
            limit: { minute, hour: 1_000 },
            passed: 0,
          }));
          const answers = await Promise.all(
            calls.map(async ({ asked, server }) => {
              const asks = asked.map((index) => subjects[index]!);
              const answer = await limiters[server]!.take(asks, startMs);
              if (answer.ok) for (const ask of asks) ask.passed++;
              return { asks, answer };
            }),
          );
          for (const { passed, limit } of subjects)
            expect(passed).toBeLessThanOrEqual(limit.minute);
          for (const { asks, answer } of answers) {
            const isUsedUp = asks.some(({ passed, limit }) => passed === limit.minute);
            expect(answer.ok || isUsedUp).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('do not wait for each other in a circle when servers are asked in opposite orders', async () => {
    const limit = { minute: 1_000, hour: 1_000 };
    const asks = Array.from({ length: 200 }, () => ({ key: freshKey(), limit }));
    const opposite = asks.toReversed();
    for (let round = 0; round < 30; round++) {
      const answers = await Promise.all([
        limiters[0].take(asks, startMs),
        limiters[1].take(opposite, startMs),
      ]);
      expect(answers).toEqual([{ ok: true }, { ok: true }]);
    }
  });

  it('fail together where the database cannot count them, and those after them are counted', async () => {
    const limit = { minute: 1, hour: 1 };
    const unwritable = { key: 'a key with \0 in it', limit };
    await expect(limiters[0].take([unwritable], startMs)).rejects.toThrow();
    expect(await limiters[0].take([{ key: freshKey(), limit }], startMs)).toEqual({ ok: true });
  });

  it('of two limits for one key are a bug', async () => {
    const key = freshKey();
    const takes = [1, 2].map((minute) =>
      limiters[0].take([{ key, limit: { minute, hour: 9 } }], startMs),
    );
    await expect(Promise.all(takes)).rejects.toThrow('a key has one limit');
  });
});

describe('the table', () => {
  it('says what was called, not by whom', async () => {
    const subjects = ['trader@example.com', '203.0.113.77', '2001:db8:1:2::/64'];
    const key = (subject: string) => limitKey('a secret', 'auth.signIn', 'stranger', subject);
    const asks = subjects.map((subject) => ({ key: key(subject), limit: { minute: 9, hour: 9 } }));
    await limiters[0].take(asks, startMs);
    const kept = JSON.stringify(await postgres.app.select().from(rateLimits));
    for (const { key: written } of asks) expect(kept).toContain(written);
    expect(kept).toContain('auth.signIn|stranger|');
    for (const part of ['trader', 'example.com', '203.0', '2001:db8']) {
      expect(kept).not.toContain(part);
    }
    expect(limitKey('another secret', 'auth.signIn', 'stranger', subjects[0]!)).not.toBe(
      key(subjects[0]!),
    );
  });

  it('loses those who have not called for an hour, and nobody else', async () => {
    const [idle, busy] = [freshKey(), freshKey()];
    const limit = { minute: 5, hour: 2 };
    const laterMs = startMs + 3_600_001;
    await limiters[0].take([{ key: idle, limit }], startMs);
    await limiters[0].take([{ key: busy, limit }], laterMs - 1_000);
    expect(await limiters[0].clearOld(laterMs)).toBeGreaterThan(0);
    const kept = (await postgres.app.select().from(rateLimits)).map(({ key }) => key);
    expect(kept).toContain(busy);
    expect(kept).not.toContain(idle);
    expect(await limiters[1].take([{ key: busy, limit }], laterMs)).toEqual({ ok: true });
    expect((await limiters[1].take([{ key: busy, limit }], laterMs)).ok).toBe(false);
  });
});
