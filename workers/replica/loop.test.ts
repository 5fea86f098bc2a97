import { describe, expect, test } from 'vitest';
import type { Failure } from '#core/errors.ts';
import type { SyncStatus } from './api.ts';
import { backoffMs, IMPATIENT_MS } from './backoff.ts';
import { POLL_MS, startLoop, type RoundEnd, type RoundOptions } from './loop.ts';
import { madeTime } from './made-time.ts';

const settled: RoundEnd = { kind: 'settled' };
const failed = (failure: Partial<Failure>): RoundEnd => ({
  kind: 'failed',
  failure: { code: 'server.unavailable', detail: '', ...failure },
});
const paused = (retryAfterMs: number) =>
  failed({ code: 'limits.too-many-calls', figures: { retryAfterMs } });

/** A loop whose rounds end as `ends` says, the last of them again and again. */
async function scene(...ends: readonly RoundEnd[]) {
  const time = madeTime();
  const rounds: (RoundOptions & { readonly atMs: number })[] = [];
  const said: SyncStatus[] = [];
  const bugs: unknown[] = [];
  const startMs = time.nowMs();
  let isOnline = true;
  let hold: Promise<void> | undefined;
  const loop = startLoop({
    ...time,
    random: () => 1,
    isOnline: () => isOnline,
    before: null,
    onStatus: (status) => void said.push(status),
    onBug: (error) => void bugs.push(error),
    async round(options) {
      rounds.push({ ...options, atMs: time.nowMs() - startMs });
      await hold;
      return ends[Math.min(rounds.length, ends.length) - 1] ?? settled;
    },
  });
  const holdRounds = () => {
    let release: () => void = () => undefined;
    hold = new Promise((resolve) => (release = resolve));
    return () => {
      hold = undefined;
      release();
    };
  };
  await time.pass(0);
  const status = () => said.at(-1);
  return {
    loop,
    time,
    rounds,
    said,
    status,
    holdRounds,
    setOnline: (on: boolean) => (isOnline = on),
  };
}

describe('a replica that reaches its server', () => {
  test('begins at once, and is synced', async () => {
    const { rounds, status } = await scene(settled);
    expect(rounds).toEqual([{ pull: true, repair: false, held: true, atMs: 0 }]);
    expect(status()).toMatchObject({ phase: 'idle', syncedMs: 1_000_000, failure: null });
  });

  test('gives what was written without asking for what others wrote', async () => {
    const { loop, time, rounds } = await scene(settled);
    loop.wake('write');
    await time.pass(0);
    expect(rounds[1]).toMatchObject({ pull: false, held: false });
    loop.wake('poke');
    await time.pass(0);
    expect(rounds[2]).toMatchObject({ pull: true });
  });

  test('makes one more round for all that came during one', async () => {
    const { loop, time, rounds, holdRounds } = await scene(settled);
    const release = holdRounds();
    loop.wake('write');
    loop.wake('write');
    loop.wake('poke');
    loop.wake('write');
    release();
    await time.pass(0);
    expect(rounds.map(({ pull }) => pull)).toEqual([true, false, true]);
  });

  test('asks now and then without a reason', async () => {
    const { time, rounds } = await scene(settled);
    await time.pass(POLL_MS * 3);
    expect(rounds.map(({ atMs }) => atMs)).toEqual([0, POLL_MS, 2 * POLL_MS, 3 * POLL_MS]);
    expect(rounds.every(({ pull }) => pull)).toBe(true);
  });

  test('compares everything once a day', async () => {
    const { time, rounds } = await scene(settled);
    await time.pass(3 * 86_400_000);
    const compared = rounds.filter(({ repair }) => repair);
    expect(compared.length).toBeGreaterThanOrEqual(2);
    expect(compared.length).toBeLessThanOrEqual(3);
  });

  test('shows that it is busy only when that takes a while', async () => {
    const { loop, time, said, holdRounds } = await scene(settled);
    loop.wake('write');
    await time.pass(1_000);
    // The first word is of before anything is known.
    expect(said.slice(1).filter(({ phase }) => phase === 'syncing')).toEqual([]);
    const release = holdRounds();
    loop.wake('write');
    await time.pass(1_000);
    expect(said.at(-1)?.phase).toBe('syncing');
    release();
    await time.pass(0);
    expect(said.at(-1)?.phase).toBe('idle');
  });
});

describe('a replica that does not', () => {
  test('tries less and less often, at last every five minutes', async () => {
    const { time, rounds, status } = await scene(failed({}));
    expect(status()?.phase).toBe('unreachable');
    await time.pass(3_600_000);
    const gaps = rounds.slice(1).map(({ atMs }, i) => atMs - rounds[i]!.atMs);
    expect(gaps.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(gaps.at(-1)).toBe(300_000);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
  });

  test('never waits longer than five minutes, nor less than half of its turn', () => {
    for (let failures = 1; failures < 2_000; failures++) {
      for (const random of [0, 0.5, 1]) {
        const waitMs = backoffMs(failures, random);
        expect(waitMs).toBeLessThanOrEqual(300_000);
        expect(waitMs).toBeGreaterThanOrEqual(500);
      }
    }
  });

  test('tries at once when the network is back or somebody wants it', async () => {
    const { loop, time, rounds, setOnline, status } = await scene(failed({}));
    setOnline(false);
    await time.pass(600_000);
    expect(status()?.phase).toBe('offline');
    const before = rounds.length;
    loop.wake('online');
    await time.pass(0);
    loop.wake('retry');
    await time.pass(0);
    expect(rounds.length).toBe(before + 2);
  });

  test('is not driven by writing to try all the time', async () => {
    const { loop, time, rounds } = await scene(failed({}));
    await time.pass(600_000);
    const before = rounds.length;
    for (let i = 0; i < 100; i++) {
      loop.wake('write');
      await time.pass(100);
    }
    // Ten seconds of writing.
    expect(rounds.length - before).toBeLessThanOrEqual(10_000 / IMPATIENT_MS + 1);
    expect(rounds.length - before).toBeGreaterThanOrEqual(1);
  });

  test('leaves the server alone for as long as it asks, whoever wants what', async () => {
    const { loop, time, rounds, status } = await scene(paused(90_000), settled);
    expect(status()).toMatchObject({ phase: 'waiting', untilMs: 1_090_000 });
    for (const reason of ['write', 'poke', 'retry', 'online', 'repair'] as const) {
      loop.wake(reason);
      await time.pass(10_000);
    }
    expect(rounds.length).toBe(1);
    await time.pass(40_000);
    expect(rounds.length).toBe(2);
    // What was asked for meanwhile is not forgotten.
    expect(rounds[1]).toMatchObject({ pull: true, repair: true });
    expect(status()).toMatchObject({ phase: 'idle', untilMs: null });
  });

  test('says what keeps it', async () => {
    const phaseAfter = async (end: RoundEnd) => (await scene(end)).status();
    expect(await phaseAfter(failed({ code: 'auth.sign-in-needed' }))).toMatchObject({
      phase: 'signed-out',
    });
    expect(await phaseAfter(failed({ code: 'store.full' }))).toMatchObject({
      phase: 'device-full',
    });
    expect(await phaseAfter({ kind: 'locked' })).toMatchObject({ phase: 'locked' });
    expect(await phaseAfter(failed({ code: 'server.failed' }))).toMatchObject({
      phase: 'idle',
      failure: 'server.failed',
    });
  });

  test('ends when told to, and not before its round has', async () => {
    const { loop, time, rounds, holdRounds } = await scene(settled);
    const release = holdRounds();
    loop.wake('write');
    let isOver = false;
    const stopping = loop.stop().then(() => (isOver = true));
    await time.pass(0);
    expect(isOver).toBe(false);
    release();
    await stopping;
    loop.wake('retry');
    await time.pass(10 * POLL_MS);
    expect(rounds.length).toBe(2);
  });
});
