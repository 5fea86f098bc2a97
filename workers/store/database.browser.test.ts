import { Dexie, liveQuery } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Strategy } from '#core/collections/strategy.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { Database } from './database.ts';
import { writeChanges } from './writing.ts';

const name = `database-${Math.random()}`;
let old: Dexie;
let database: Database;

/** As version 3 of the app opened it. */
function openOld(): Dexie {
  const dexie = new Dexie(name);
  dexie.version(1).stores({
    series: 'id',
    chunks: '[seriesId+month]',
    strategies: 'id, updatedMs',
    runs: 'id, createdMs, strategyId',
    runArrays: 'runId',
    settings: 'key',
  });
  dexie.version(2).stores({ sweeps: 'id, createdMs', sweepBatches: '[sweepId+batch]' });
  dexie.version(3).stores({ tickChunks: '[seriesId+day]' });
  return dexie;
}

const strategy: Strategy = {
  ...{ id: 'a', name: 'Cross', source: 'let x = 1', inputs: { fast: 5, slow: 20 } },
  ...{ settings: { ...defaultSettings, cash: 7 }, createdMs: 1, updatedMs: 2, deletedMs: null },
};
const run = { id: 'r', createdMs: 1, strategyId: 'a', settings: defaultSettings, inputs: {} };

beforeEach(async () => {
  old = openOld();
  await old.table('strategies').put(strategy);
  await old.table('runs').put(run);
  await old.table('settings').put({ key: 'theme', value: 'dark' });
  database = new Database(name);
});
afterEach(async () => {
  old.close();
  await database.delete({ disableAutoOpen: true });
});

test('rows of before are read as they were, and written cell by cell from then on', async () => {
  old.close();
  expect(await database.strategies.toArray()).toEqual([strategy]);
  expect(await database.runs.get('r')).toMatchObject(run);
  expect(await database.settings.get('theme')).toEqual({ key: 'theme', value: 'dark' });
  const change = { kind: 'put', collection: 'strategies', id: 'a' } as const;
  await writeChanges(database, [{ ...change, fields: { inputs: { fast: 6, slow: 20 } } }]);
  expect(await database.strategies.get('a')).toEqual({
    ...strategy,
    inputs: { fast: 6, slow: 20 },
  });
  const [raw] = await database.strategies.toCollection().raw().toArray();
  expect(raw).toMatchObject({ 'inputs.fast': 6, 'settings.cash': 7, _b: '' });
  await writeChanges(database, [{ ...change, fields: { inputs: { slow: 20 } } }]);
  expect((await database.strategies.get('a'))?.inputs).toEqual({ slow: 20 });
});

test('a tab of the old version neither stops the new one nor loses what it finishes', async () => {
  let release: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (release = resolve));
  const late = old.transaction('rw', 'runs', async () => {
    await old.table('runs').put({ ...run, id: 'late' });
    await Dexie.waitFor(finished);
    await old.table('runs').put({ ...run, id: 'last' });
  });
  const opened = database.open();
  release();
  await late;
  await opened;
  await old.table('runs').put({ ...run, id: 'after' });
  await old.table('strategies').put({ ...strategy, id: 'b' });
  const keys = await database.runs.toCollection().primaryKeys();
  expect(keys).toEqual(['after', 'last', 'late', 'r']);
  expect(await database.strategies.get('b')).toEqual({ ...strategy, id: 'b' });
});

test('what one tab writes is seen by the live query of another', async () => {
  await database.open();
  const other = new Database(name);
  const seen: number[] = [];
  const subscription = liveQuery(() => other.watchlist.count()).subscribe((count) => {
    seen.push(count);
  });
  await expect.poll(() => seen).toEqual([0]);
  const row = { collection: 'watchlist', id: 'Watchlist X' };
  const fields = { list: 'Watchlist', symbol: 'X', order: 'a0', note: '', addedMs: 1 };
  await writeChanges(database, [{ kind: 'put', ...row, fields }]);
  await expect.poll(() => seen.at(-1)).toBe(1);
  await writeChanges(database, [{ kind: 'remove', ...row }]);
  await expect.poll(() => seen.at(-1)).toBe(0);
  subscription.unsubscribe();
  other.close();
});
