import { afterEach, expect, test } from 'vitest';
import type { RowState } from '#core/sync/row-state.ts';
import { Database } from '#workers/store/database.ts';
import { dexieStore, surfaceRows } from './dexie-store.ts';
import { testReplicaStore } from './store-conformance.ts';

const open: Database[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.delete({ disableAutoOpen: true });
});

function openDatabase(): Database {
  const database = new Database(`dexie-store-${Math.random()}`);
  open.push(database);
  return database;
}

testReplicaStore(() => dexieStore(openDatabase()));

const cells = { list: 'a', symbol: 'X', order: 'a0', note: '', addedMs: 1 };
const row = (id: string, more: object = {}): RowState => ({
  ...{ id, base: 'kt5m000000000abcdef', stamps: {} },
  cells: { ...cells, ...more },
});

test('pages see rows that are whole and not deleted, and nothing of how they lie', async () => {
  const database = openDatabase();
  const part: RowState = { ...row('part'), cells: { note: 'not whole' } };
  await dexieStore(database).transact(['watchlist'], (tx) =>
    tx.putRows('watchlist', [row('a'), row('b', { _del: 1 }), row('c', { _del: 0 }), part]),
  );
  expect(await database.watchlist.toArray()).toEqual([
    { id: 'a', ...cells },
    { id: 'c', ...cells },
  ]);
});

test('a row that an earlier version could not show comes into sight, a deleted one does not', async () => {
  const database = openDatabase();
  const hidden = [row('a'), row('b', { _del: 1 })];
  await database.hiddenRows.bulkPut(hidden.map((each) => ({ ...each, collection: 'watchlist' })));
  await database.hiddenRows.put({ ...row('a'), collection: 'laterCollection' });
  await surfaceRows(database);
  expect(await database.watchlist.toArray()).toEqual([{ id: 'a', ...cells }]);
  expect(await database.hiddenRows.count()).toBe(2);
});
