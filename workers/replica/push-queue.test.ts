/** Pushes one behind the other: what is prepared while one is on its way, and what may leave of it. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { MemoryReplica } from '../../tests/simulation/replica-store.ts';
import { answerPushOf, madeReplica, put, sealing } from '../../tests/replication/made-replica.ts';
import type { ReplicaEngine } from './engine.ts';
import { PushQueue } from './push-queue.ts';
import type { NewOutboxEntry } from './replica-store.ts';
import type { Writer } from './writer.ts';

let store: MemoryReplica;
let writer: Writer;
let engine: ReplicaEngine;

beforeEach(async () => {
  ({ store, writer, engine } = await madeReplica({ skewMs: () => 0, isOwned: () => true }));
});

const rows = (count: number) => Array.from({ length: count }, (_, n) => `row ${n}`);
const waiting = () => [...store.data.outbox.values()];
const noteOf = (row: string) => store.data.shadows.get(`watchlist ${row}`)?.cells['note'];

async function writeMany(count: number) {
  await writer.write(rows(count).map((row) => put(row, { note: '1' })));
}

describe('a push that was prepared while another was on its way', () => {
  test('leaves with the answer to that one, and all comes to rest', async () => {
    await writeMany(1_200);
    const sent: string[] = [];
    while (waiting().length > 0) {
      await engine.nextPush();
      await engine.preparePush();
      const { ops } = await answerPushOf(engine);
      sent.push(...ops.map(([, row]) => row));
      expect(store.data.meta.flight === null).toBe(waiting().length === 0);
    }
    expect(sent).toEqual(rows(1_200));
    expect(store.data.shadows.size).toBe(0);
  });

  test('leaves without what was written over since', async () => {
    await writeMany(1_000);
    await engine.nextPush();
    await engine.preparePush();
    await writer.write([put('row 700', { note: '2' })]);
    await answerPushOf(engine);
    const second = await answerPushOf(engine);
    expect(second.ops).toHaveLength(499);
    const third = await answerPushOf(engine);
    expect(third.ops.map(([, row, , cells]) => [row, cells])).toEqual([['row 700', { note: '2' }]]);
  });

  test('does not leave once encryption was switched', async () => {
    await writeMany(600);
    await engine.nextPush();
    await engine.preparePush();
    await engine.onSealing({ ...sealing, epoch: 2 });
    expect(await engine.nextPush()).toBe(null);
    expect(store.data.meta.flight).toBe(null);
  });

  test('does not leave where something of the one before was not taken', async () => {
    await writeMany(600);
    const { ops } = (await engine.nextPush())!;
    await engine.preparePush();
    await answerPushOf(engine, 'quota', ...ops.slice(1).map(() => 'ok' as const));
    expect(store.data.meta.flight).toBe(null);
    expect((await answerPushOf(engine)).ops).toHaveLength(100);
    expect(waiting().map(({ held }) => held)).toEqual(['quota']);
  });
});

describe('what the server took', () => {
  test('stays what can be returned to where the row was written since', async () => {
    await writer.write([put('a', { note: '1', list: 'x' }), put('b', { note: '1' })]);
    await engine.nextPush();
    await writer.write([put('a', { note: '2' })]);
    await answerPushOf(engine);
    expect(noteOf('a')?.value).toBe('1');
    expect(noteOf('b')).toBe(undefined);
    expect(waiting().map(({ cells }) => cells)).toEqual([{ note: '2' }]);
  });

  test('is all there is of a row once nothing waits of it, without a look at the row', async () => {
    await writer.write([put('a', { note: '1' })]);
    store.data.rows.clear();
    await answerPushOf(engine);
    expect(store.data.rows.size).toBe(0);
    expect(store.data.shadows.size).toBe(0);
  });
});

describe('more than is kept in memory', () => {
  test('is read again and again, and never parts a group', async () => {
    const note = 'x'.repeat(9_000);
    const entry = (group: number, row: number): NewOutboxEntry => ({
      collection: 'watchlist',
      row: `${group}.${row}`,
      hlc: '0lm9x4a2b0000zzzzzz',
      cells: { note },
      schemaVersion: 1,
      groupId: `g${group}`,
    });
    const groups = rows(40).map((_, group) => rows(28).map((__, row) => entry(group, row)));
    await store.transact([], (tx) => tx.addToOutbox(groups.flat()));
    const queue = new PushQueue();
    const sizes: number[] = [];
    const sealer = { epoch: 1, bytesOf: () => 9_000, seal: async () => [] };
    while (waiting().length > 0) {
      if (!(await queue.prepare(sealer))) await store.transact([], (tx) => queue.read(tx));
      const { chosen } = queue.take() ?? { chosen: [] };
      await store.transact([], (tx) => tx.deleteFromOutbox(chosen.map(({ lsn }) => lsn)));
      if (chosen.length > 0) sizes.push(chosen.length);
    }
    expect(sizes).toEqual(Array.from({ length: 40 }, () => 28));
  });
});
