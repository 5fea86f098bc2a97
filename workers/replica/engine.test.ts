/** Steps of a replica with answers made by hand: what its rows, its shadows and its losers become. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fragment } from '#core/sync/fragment.ts';
import { MOST_PUSH_BYTES, type Outcome, type PullAnswer } from '#core/sync/protocol.ts';
import type { MemoryReplica } from '../../tests/simulation/replica-store.ts';
import type { ReplicaEngine } from './engine.ts';
import {
  answerPushOf,
  madeReplica,
  nowMs,
  put,
  sealing,
  theirs,
} from '../../tests/replication/made-replica.ts';
import type { Change, Writer } from './writer.ts';

let store: MemoryReplica;
let writer: Writer;
let engine: ReplicaEngine;
let skewMs: number;
let isOwned: boolean;

beforeEach(async () => {
  skewMs = 0;
  isOwned = true;
  const made = await madeReplica({ skewMs: () => skewMs, isOwned: () => isOwned });
  ({ store, writer, engine } = made);
});

const cells = (id: string) => store.data.rows.get('watchlist')?.get(id)?.cells;
const waiting = () => [...store.data.outbox.values()];

const answerPush = (...outcomes: Outcome[]) => answerPushOf(engine, ...outcomes);

async function pulled(...fragments: Fragment[]) {
  const request = await engine.nextPull(100);
  const seq = Math.max(request.cursor, request.witness.seq) + 1;
  const witness = { seq, token: `t${seq}` };
  const page = { kind: 'page', fragments: [], cursor: seq, head: seq, witness, nowMs } as const;
  return {
    request,
    answer: page as PullAnswer,
    effect: await engine.onPull(request, page, fragments),
  };
}

describe('a push', () => {
  test('is the same until it is answered, whatever is written meanwhile', async () => {
    await writer.write([put('a', { note: '1' })]);
    const first = await engine.nextPush();
    await writer.write([put('a', { note: '2' }), put('b', { note: '3' })]);
    expect(await engine.nextPush()).toEqual(first);
    await answerPush();
    expect((await engine.nextPush())!.ops).toHaveLength(2);
  });

  test('that is answered twice is answered once', async () => {
    await writer.write([put('a', { note: '1' })]);
    const request = await answerPush();
    await writer.write([put('a', { note: '2' })]);
    await engine.nextPush();
    const answer = { kind: 'forked', nowMs } as const;
    expect(await engine.onPush(request, answer)).toBe('stale');
    expect((await engine.state()).isRegistered).toBe(true);
  });

  test('leaves nothing behind once all is acknowledged', async () => {
    await writer.write([put('a', { note: '1', list: 'x' })]);
    await writer.write([put('a', { note: '2' })]);
    await answerPush();
    expect(waiting()).toEqual([]);
    expect(store.data.shadows.size).toBe(0);
    expect(cells('a')).toEqual({ note: '2', list: 'x' });
  });

  test('parts a group that no push could hold, and sends all of it', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => `row ${n}`);
    const note = 'x'.repeat(20_000);
    await writer.write(
      rows.map((row) => put(row, { note })),
      { group: true },
    );
    const sent: string[] = [];
    while (waiting().length > 0) {
      const { ops } = await answerPush();
      expect(JSON.stringify(ops).length).toBeLessThan(MOST_PUSH_BYTES);
      sent.push(...ops.map(([, row]) => row));
    }
    expect(sent).toEqual(rows);
  });

  test('never parts a group', async () => {
    for (let n = 0; n < 3; n++) {
      const changes = Array.from({ length: 200 }, (_, i) => put(`${n}.${i}`, { note: 'x' }));
      await writer.write(changes, { group: true });
    }
    expect((await answerPush()).ops).toHaveLength(400);
    expect((await answerPush()).ops).toHaveLength(200);
    expect(await engine.nextPush()).toBe(null);
  });

  test('takes all that waits of a row, the oldest rows first, and then a group whole', async () => {
    const ids = Array.from({ length: 250 }, (_, n) => `row ${n}`);
    for (const field of ['list', 'symbol', 'order', 'note', 'addedMs']) {
      const value = field === 'addedMs' ? 1 : 'x';
      await writer.write(ids.map((id) => put(id, { [field]: value })));
    }
    await writer.write(
      ids.map((id) => ({ kind: 'remove', collection: 'watchlist', id })),
      { group: true },
    );
    const pushes: (readonly string[])[] = [];
    while (waiting().length > 0) pushes.push((await answerPush()).ops.map(([, row]) => row));
    expect(pushes.map(({ length }) => length)).toEqual([500, 500, 500]);
    expect([...new Set(pushes[0])]).toEqual(ids.slice(0, 100));
    expect([...new Set(pushes[1])]).toEqual(ids.slice(100, 200));
    expect(pushes[2]!.slice(250)).toEqual(ids);
  });

  test('never parts a group of rows that it takes whole', async () => {
    const ids = Array.from({ length: 250 }, (_, n) => `row ${n}`);
    for (const field of ['list', 'symbol', 'order']) {
      await writer.write(ids.map((id) => put(id, { [field]: 'x' })));
    }
    const removal = { kind: 'remove', collection: 'watchlist' } as const;
    await writer.write(
      ids.map((id) => put(id, { note: 'x' })),
      { group: true },
    );
    await writer.write(
      ids.map((id) => ({ ...removal, id })),
      { group: true },
    );
    const inGroups: number[] = [];
    while (waiting().length > 0) {
      const { ops } = await answerPush();
      inGroups.push(ops.filter(([, , , written]) => 'note' in written).length);
    }
    expect(inGroups.filter((count) => count > 0)).toEqual([250]);
  });

  test('that was taken as it lies here writes no row again', async () => {
    await writer.write([put('a', { note: '1' })]);
    const before = store.data.rows.get('watchlist')?.get('a');
    await answerPush();
    expect(waiting()).toEqual([]);
    expect(store.data.rows.get('watchlist')?.get('a')).toBe(before);
  });

  test('stops short of what it may hold', async () => {
    const long = 'x'.repeat(30_000);
    for (let n = 0; n < 12; n++) await writer.write([put(`${n}`, { note: long })]);
    const request = await answerPush();
    expect(JSON.stringify(request).length).toBeLessThan(262_144);
    expect(request.ops.length).toBeGreaterThan(5);
  });

  test('waits for the replica to be registered', async () => {
    await writer.write([put('a', { note: '1' })]);
    const request = (await engine.nextPush())!;
    expect(await engine.onPush(request, { kind: 'forked', nowMs })).toBe('forked');
    expect(await engine.nextPush()).toBe(null);
    expect(await engine.onRegister({ node: 'anew00', nonce: 'n', nowMs, sealing })).toBe(true);
    expect(await engine.onRegister({ node: 'other0', nonce: 'm', nowMs, sealing })).toBe(false);
    const [again] = (await engine.nextPush())!.ops;
    expect(again![2].slice(0, 13)).toBe(request.ops[0]![2].slice(0, 13));
    expect(again![2].endsWith('anew00')).toBe(true);
  });
});

describe('a change that the server does not take', () => {
  test('goes back to what the server has, and is kept aside', async () => {
    await pulled(theirs('a', { note: 'theirs' }, -5));
    await writer.write([put('a', { note: 'bad' })]);
    await answerPush('invalid');
    expect(cells('a')).toEqual({ note: 'theirs' });
    expect(store.data.shelf).toMatchObject([{ cells: { note: 'bad' }, reason: 'invalid' }]);
  });

  test('goes back to what another device wrote meanwhile', async () => {
    await pulled(theirs('a', { note: 'first' }, -5));
    await writer.write([put('a', { note: 'bad' })]);
    await engine.nextPush();
    await pulled(theirs('a', { note: 'second' }, -4));
    expect(cells('a')).toEqual({ note: 'bad' });
    await answerPush('gone');
    expect(cells('a')).toEqual({ note: 'second' });
  });

  test('for want of room waits until it is asked for', async () => {
    await writer.write([put('a', { note: '1' }), put('b', { note: '2' })]);
    await answerPush('quota', 'ok');
    expect(waiting()).toMatchObject([{ row: 'a', held: 'quota' }]);
    expect(await engine.nextPush()).toBe(null);
    expect(await engine.retryHeld()).toBe(1);
    await answerPush();
    expect(waiting()).toEqual([]);
  });

  test('as part of a group lets the others go alone', async () => {
    await writer.write([put('a', { note: '1' }), put('b', { note: '2' })], { group: true });
    await answerPush('gone', 'gone');
    expect(waiting().map(({ groupId }) => groupId)).toEqual([undefined, undefined]);
    await answerPush('gone', 'ok');
    expect(cells('b')).toEqual({ note: '2' });
    expect(store.data.shelf).toMatchObject([{ row: 'a', reason: 'gone' }]);
  });

  test('because the clock was ahead is stamped anew, above all that the server has', async () => {
    skewMs = 7_200_000;
    await writer.write([put('a', { note: '1' })]);
    await writer.write([put('a', { note: '2' }), put('b', { note: '3' })]);
    const before = waiting();
    expect(before[0]!.hlc > theirs('a', {}, 50_000).hlc).toBe(true);
    await pulled(theirs('a', { note: 'theirs' }, 50_000));
    await answerPush('future', 'future');
    const [first, second] = waiting();
    const latest = theirs('a', {}, 50_000).hlc;
    expect(first!.hlc > latest && second!.hlc > first!.hlc).toBe(true);
    expect(first!.hlc < theirs('a', {}, 60_000).hlc).toBe(true);
    expect(cells('a')).toEqual({ note: '2' });
    await writer.write([put('c', { note: '4' })]);
    expect(waiting().at(-1)!.hlc < theirs('a', {}, 60_000).hlc).toBe(true);
  });
});

describe('what another device wrote', () => {
  test('and this one wrote as well keeps the value that lost', async () => {
    await writer.write([put('a', { note: 'ours', list: 'ours' })]);
    await pulled(theirs('a', { note: 'later' }, 5), theirs('a', { list: 'earlier' }, -5));
    expect(cells('a')).toEqual({ note: 'later', list: 'ours' });
    expect(store.data.losers).toMatchObject([
      { cell: 'note', value: 'ours', concurrent: true },
      { cell: 'list', value: 'earlier', concurrent: true },
    ]);
  });

  test('over what this one had sent long since is kept as replaced', async () => {
    await writer.write([put('a', { note: 'ours' })]);
    await answerPush();
    await pulled(theirs('a', { note: 'later' }, 5));
    await pulled(theirs('a', { note: 'later still' }, 6));
    expect(store.data.losers).toMatchObject([{ value: 'ours', concurrent: false }]);
  });

  test('is merged once when two pull at once', async () => {
    const one = await engine.nextPull(100);
    const { effect } = await pulled(theirs('a', { note: '1' }, 0));
    expect(effect).toMatchObject({ applied: 1, isCaughtUp: true });
    const late = { kind: 'page', fragments: [], cursor: 0, head: 0, nowMs } as const;
    const answer = { ...late, witness: { seq: 0, token: '' } };
    expect(await engine.onPull(one, answer, [])).toBe('stale');
  });

  test('under a stamp that a copy of this profile gave as well counts as the server has it', async () => {
    await writer.write([put('a', { note: 'ours' })]);
    const { hlc } = waiting()[0]!;
    const twin = { ...theirs('a', { note: 'the twin’s' }, 0), hlc };
    await engine.nextPush();
    await pulled(twin);
    await answerPush('ok');
    expect(cells('a')).toEqual({ note: 'the twin’s' });
    await pulled({ ...twin, cells: { note: 'another history' } });
    expect(cells('a')).toEqual({ note: 'another history' });
    expect(store.data.losers.map(({ value }) => value)).toEqual(['ours', 'the twin’s']);
    expect(store.data.shadows.size).toBe(0);
  });

  test('as a snapshot over a snapshot of ours that it knew takes all of that away', async () => {
    const text = (value: string, covers?: readonly string[]): Change => ({
      kind: 'append',
      collection: 'notes',
      id: 'n',
      field: 'text',
      value,
      ...(covers && { covers }),
    });
    const names = () => Object.keys(store.data.rows.get('notes')!.get('n')!.cells);
    await writer.write([text('one')]);
    await answerPush();
    const [first] = names();
    await writer.write([text('one+two', [first!])]);
    await engine.nextPush();
    const [ours] = names();
    const note = { collection: 'notes', row: 'n', covers: [ours!] };
    await pulled(theirs('n', { 'text.theirs': 'one+two+three' }, 5, note));
    expect(names()).toEqual(['text.theirs']);
    expect(store.data.shadows.size).toBe(0);
    await answerPush();
    expect(names()).toEqual(['text.theirs']);
  });

  test('of a purged row leaves nothing but that it is deleted', async () => {
    await pulled(theirs('a', { note: '1', _del: 1 }, 0));
    await writer.write([put('a', { list: 'late' })]);
    await pulled(theirs('a', { _del: 1 }, 0, { purged: true }));
    expect(cells('a')).toEqual({ _del: 1 });
    expect(waiting()).toEqual([]);
    expect(store.data.shelf).toMatchObject([{ cells: { list: 'late' }, reason: 'gone' }]);
  });
});

test('a first sync is followed by a comparison only where something was on a server before', async () => {
  await writer.write([put('a', { note: 'ours' })]);
  await engine.nextBootstrap();
  expect((await engine.state()).isRepairDue).toBe(false);
  await store.transact([], (tx) => tx.putMeta('repair', 'due'));
  await store.transact(['watchlist'], async (tx) => {
    const { hlc } = theirs('b', {}, 0);
    await tx.putRows('watchlist', [{ id: 'b', cells: { note: '' }, base: hlc, stamps: {} }]);
  });
  await engine.nextBootstrap();
  expect((await engine.state()).isRepairDue).toBe(true);
});
