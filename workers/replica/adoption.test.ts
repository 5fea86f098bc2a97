/** What was written before anybody signed in becomes the account's, once. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { MemoryReplica } from '../../tests/simulation/replica-store.ts';
import { adoption } from './adoption.ts';
import type { ReplicaEngine } from './engine.ts';
import {
  answerPushOf,
  madeReplica,
  nowMs,
  put,
  theirs,
} from '../../tests/replication/made-replica.ts';
import type { ReplicaStore } from './replica-store.ts';
import type { Writer } from './writer.ts';

let store: MemoryReplica;
let writer: Writer;
let engine: ReplicaEngine;
let isOwned: boolean;

beforeEach(async () => {
  isOwned = true;
  ({ store, writer, engine } = await madeReplica({ skewMs: () => 0, isOwned: () => isOwned }));
});

const cells = (id: string) => store.data.rows.get('watchlist')?.get(id)?.cells;
const waiting = () => [...store.data.outbox.values()];

describe('rows that were nobody’s', () => {
  test('are adopted once, however often it is interrupted, those of this device never', async () => {
    isOwned = false;
    await writer.write([put('a', { note: '1' }), put('b', { note: '2' }), put('c', { note: '3' })]);
    await writer.write([
      { kind: 'put', collection: 'settings', id: 'preferences', fields: { value: 1 } },
    ]);
    isOwned = true;
    expect(await engine.adopt(2)).toBe(2);
    expect(await engine.adopt(2)).toBe(1);
    expect(await engine.adopt(2)).toBe(0);
    expect(waiting().map(({ row }) => row)).toEqual(['a', 'b', 'c']);
    await answerPushOf(engine);
    expect(store.data.shadows.size).toBe(0);
    expect(cells('b')).toEqual({ note: '2' });
  });
});

test('what is written as nobody’s while such rows are looked for is adopted', async () => {
  const { hlc } = theirs('r', {}, 0);
  const many = Array.from({ length: 600 }, (_, i) => `r${i}`);
  const rows = many.map((id) => ({ id, cells: { note: '' }, base: hlc, stamps: {} }));
  await store.transact(['watchlist'], (tx) => tx.putRows('watchlist', rows));
  isOwned = false;
  let steps = 0;
  const interrupted: ReplicaStore = {
    async transact(collections, work) {
      const result = await store.transact(collections, work);
      // The look has come past its place by then.
      if (++steps === 2) await writer.write([put('a', { note: 'nobody’s' })]);
      return result;
    },
  };
  const { adopt } = adoption({ store: interrupted, nowMs: () => nowMs, random: () => 0.5 });
  expect([await adopt(10), await adopt(10)]).toEqual([1, 0]);
  expect(waiting()).toMatchObject([{ row: 'a', cells: { note: 'nobody’s' } }]);
});

test('what was nobody’s and is there again after a refusal is adopted', async () => {
  isOwned = false;
  await writer.write([put('a', { note: 'nobody’s' })]);
  isOwned = true;
  await writer.write([put('a', { note: 'bad' })]);
  store.data.meta = { ...store.data.meta, adopted: true };
  await answerPushOf(engine, 'invalid');
  expect(cells('a')).toEqual({ note: 'nobody’s' });
  expect(await engine.adopt(10)).toBe(1);
  expect(waiting()).toMatchObject([{ cells: { note: 'nobody’s' } }]);
});
