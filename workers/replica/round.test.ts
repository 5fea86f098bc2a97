import { describe, expect, test } from 'vitest';
import type { Failure } from '#core/errors.ts';
import { fail, ok } from '#core/result.ts';
import { faultOfFragment } from '#core/sync/acceptance.ts';
import type { PushRequest } from '#core/sync/protocol.ts';
import { bucket, digest } from '#sync/replication/comparison.ts';
import { push, register, type ExchangeNeeds } from '#sync/replication/exchange.ts';
import { bootstrap, pull } from '#sync/replication/pages.ts';
import { memoryReplica } from '../../tests/simulation/replica-store.ts';
import { memoryServer } from '../../tests/simulation/server-store.ts';
import type { SyncStatus } from './api.ts';
import { replicaEngine } from './engine.ts';
import { memoryPacks } from './packs.ts';
import { replicaRounds } from './round.ts';
import { madeDevice, madeServer } from './sealing/made-account.ts';
import type { ReplicaServer } from './transport.ts';
import { replicaWriter } from './writer.ts';

const userId = 'anna';
const everything = { pull: true, repair: false, held: true };
let count = 0;
const random = () => (count++ * 0.618_034) % 1;

/** The production exchange over memory. */
function account({ quotaBytes = 1e9 } = {}) {
  const store = memoryServer();
  const limits = { quotaBytes, aheadMs: 60_000 };
  const needs: ExchangeNeeds = {
    nowMs: () => 1_700_000_000_000 + count,
    randomToken: () => `t${count++}`,
    randomNode: () => String(count++).padStart(6, '0'),
    limits,
    faultOfFragment,
  };
  const calls: string[] = [];
  /** The failure of calls of this kind, as long as it is there. */
  const failing: Record<string, Failure> = {};
  const answering =
    <Asked, T>(name: string, act: (asked: Asked) => Promise<T>) =>
    async (asked: Asked) => {
      calls.push(name);
      return failing[name] ? fail(failing[name]) : ok(await act(asked));
    };
  const server: ReplicaServer = {
    register: answering('register', () => register(store, needs, userId)),
    sealing: answering('sealing', async () => ({ epoch: 1, encrypted: false })),
    push: answering('push', (asked) => push(store, needs, userId, asked)),
    pull: answering('pull', (asked) => pull(store, needs, userId, asked)),
    bootstrap: answering('bootstrap', (asked) => bootstrap(store, needs, userId, asked)),
    digest: answering('digest', (asked) => digest(store, needs, userId, asked)),
    bucket: async (asked) => {
      const answer = await answering('bucket', (same: typeof asked) =>
        bucket(store, needs, userId, same),
      )(asked);
      return answer.ok ? answer.value : answer;
    },
    ticket: async () => fail({ code: 'server.unavailable', detail: '' }),
  };
  return { store, server, calls, failing, limits };
}
type Account = ReturnType<typeof account>;

async function device({ server }: Account) {
  const store = memoryReplica();
  const { sealer } = await madeDevice(madeServer(), null);
  const chance = { nowMs: () => 1_700_000_000_000 + count, random };
  const notes: Partial<SyncStatus>[] = [];
  let isLocked = false;
  const rounds = replicaRounds({
    engine: replicaEngine({ store, sealer: () => sealer, ...chance }),
    server,
    packs: memoryPacks(),
    userId,
    openSealer: async () => (isLocked ? 'locked' : sealer),
    carry: async () => false,
    note: (change) => void notes.push(change),
    onBootstrapped: async () => undefined,
    failureOf(error) {
      throw error;
    },
  });
  const writer = replicaWriter(store, { ...chance, isOwned: () => true });
  const put = (id: string, title: string) =>
    writer.write([{ kind: 'put', collection: 'notes', id, fields: { title } }]);
  const titleOf = (id: string) =>
    store.transact(['notes'], async (tx) => (await tx.rows('notes', [id]))[0]?.cells['title']);
  return { rounds, put, titleOf, notes, lock: (to: boolean) => (isLocked = to) };
}
const run = async ({ rounds }: Awaited<ReturnType<typeof device>>, options = everything) =>
  rounds.run(options);

describe('a round', () => {
  test('brings what one device wrote to another, whichever began', async () => {
    const shared = account();
    const [one, other] = [await device(shared), await device(shared)];
    await one.put('a', 'Tide');
    expect(await run(one)).toEqual({ kind: 'settled' });
    expect(await run(other)).toEqual({ kind: 'settled' });
    expect(await other.titleOf('a')).toBe('Tide');
    await other.put('a', 'Ebb');
    await run(other, { pull: false, repair: false, held: false });
    await run(one);
    expect(await one.titleOf('a')).toBe('Ebb');
  });

  test('asks for nothing more when nothing is left', async () => {
    const shared = account();
    const one = await device(shared);
    await one.put('a', 'Tide');
    await run(one);
    shared.calls.length = 0;
    await run(one, { pull: false, repair: false, held: false });
    expect(shared.calls).toEqual([]);
    await run(one);
    expect(shared.calls).toEqual(['pull']);
  });

  test('brings everything to a device that has nothing, with nothing to compare', async () => {
    const shared = account();
    const [one, other] = [await device(shared), await device(shared)];
    for (let i = 0; i < 300; i++) await one.put(`n${i}`, `Note ${i}`);
    await run(one);
    shared.calls.length = 0;
    await run(other);
    expect(shared.calls).toContain('bootstrap');
    expect(shared.calls).not.toContain('digest');
    expect(await other.titleOf('n299')).toBe('Note 299');
    expect(other.notes).toContainEqual({ phase: 'first-sync', ratio: 0 });
    shared.calls.length = 0;
    await run(other);
    expect(shared.calls).toEqual(['pull']);
  });

  test('gives back what a server lost that was restored from a backup', async () => {
    const shared = account();
    const one = await device(shared);
    await one.put('a', 'Tide');
    await run(one);
    const backup = shared.store.backup();
    await one.put('b', 'Ebb');
    await run(one);
    shared.store.restore(backup);
    expect(await run(one)).toEqual({ kind: 'settled' });
    const other = await device(shared);
    await run(other);
    expect(await other.titleOf('b')).toBe('Ebb');
  });

  test('finds no difference in many rows that are the same, and the one that differs', async () => {
    const shared = account();
    const one = await device(shared);
    for (let i = 0; i < 1_100; i++) await one.put(`n${i}`, `Note ${i}`);
    await run(one);
    const backup = shared.store.backup();
    await one.put('n700', 'Tide');
    await run(one);
    shared.calls.length = 0;
    await run(one, { ...everything, repair: true });
    expect(shared.calls).toEqual(['pull', 'digest']);
    shared.store.restore(backup);
    shared.calls.length = 0;
    await run(one);
    expect(shared.calls.filter((call) => call === 'bucket')).toHaveLength(1);
    const other = await device(shared);
    await run(other);
    expect(await other.titleOf('n700')).toBe('Tide');
  });

  test.each(['register', 'bootstrap', 'push', 'pull', 'digest'])(
    'ends as %s fails, and goes on when it works again',
    async (name) => {
      const shared = account();
      const other = await device(shared);
      await other.put('b', 'Ebb');
      await run(other);
      const one = await device(shared);
      await one.put('a', 'Tide');
      const failure: Failure = { code: 'server.unavailable', detail: '' };
      const compared = { ...everything, repair: true };
      shared.failing[name] = failure;
      expect(await run(one, compared)).toEqual({ kind: 'failed', failure });
      Reflect.deleteProperty(shared.failing, name);
      expect(await run(one, compared)).toEqual({ kind: 'settled' });
      expect(await one.titleOf('b')).toBe('Ebb');
      await run(other);
      expect(await other.titleOf('a')).toBe('Tide');
    },
  );

  test('still says that the server is full where a chunk is missing for it', async () => {
    const shared = account();
    const one = await device(shared);
    await run(one);
    const { push: asBefore } = shared.server;
    const isMissing = async (request: PushRequest) => {
      const answer = await asBefore(request);
      return answer.ok && answer.value.kind === 'done'
        ? ok({ ...answer.value, outcomes: ['missing' as const] })
        : answer;
    };
    Object.assign(shared.server, { push: isMissing });
    await one.put('a', 'Tide');
    expect(await run(one)).toMatchObject({ failure: { code: 'sync.chunk-missing' } });
    expect(one.notes).not.toContainEqual({ isServerFull: false });
    Object.assign(shared.server, { push: asBefore });
    await run(one);
    expect(one.notes).toContainEqual({ isServerFull: false });
  });

  test('tells that the server is full, keeps what it has no room for, and gives it later', async () => {
    const shared = account({ quotaBytes: 100 });
    const [one, other] = [await device(shared), await device(shared)];
    await one.put('a', 'Tide'.repeat(100));
    expect(await run(one)).toEqual({ kind: 'settled' });
    expect(one.notes.at(-1)).toEqual({ isServerFull: true });
    expect(await one.titleOf('a')).toBe('Tide'.repeat(100));
    Object.assign(shared.limits, { quotaBytes: 1e6 });
    await run(one);
    expect(one.notes.at(-1)).toEqual({ isServerFull: false });
    await run(other);
    expect(await other.titleOf('a')).toBe('Tide'.repeat(100));
  });

  test('asks how data are kept, and sends nothing, while they are locked', async () => {
    const shared = account();
    const one = await device(shared);
    await one.put('a', 'Tide');
    one.lock(true);
    expect(await run(one)).toEqual({ kind: 'locked' });
    expect(shared.calls).toEqual(['register', 'sealing']);
    one.lock(false);
    expect(await run(one)).toEqual({ kind: 'settled' });
  });

  test('ends when it is told to', async () => {
    const shared = account();
    const one = await device(shared);
    await one.put('a', 'Tide');
    one.rounds.stop();
    expect(await run(one)).toEqual({ kind: 'stopped' });
  });
});
