import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { Database } from '#workers/store/database.ts';
import { strategyStore, type StrategyStore } from './strategy-store.ts';

let database: Database;
let store: StrategyStore;
let count = 0;

beforeEach(() => {
  database = new Database(`strategy-store-${count++}`);
  store = strategyStore(
    database,
    () => 1000,
    () => `id-${count++}`,
  );
});
afterEach(async () => {
  database.close();
  await database.delete();
});

const cross = { name: 'Cross', source: 'enter long when close > open', settings: defaultSettings };
const names = async () => (await database.strategies.toArray()).map((row) => row.name).toSorted();

it('gives a second strategy of one name a number', async () => {
  await store.create(cross);
  const second = await store.create(cross);
  await store.duplicate(second.id);
  expect(await names()).toEqual(['Cross', 'Cross 2', 'Cross 3']);
});

it('a deleted strategy comes back as it was', async () => {
  const { id } = await store.create({ ...cross, inputs: { fast: 5 } });
  await store.remove(id);
  expect((await database.strategies.get(id))?.deletedMs).toBe(1000);
  await store.restore(id);
  expect(await database.strategies.get(id)).toMatchObject({ ...cross, deletedMs: null });
});

it('every change is later than the one before, even while the clock stands', async () => {
  const { id, updatedMs } = await store.create(cross);
  await store.change(id, { name: 'A' });
  const first = (await database.strategies.get(id))!.updatedMs;
  await store.change(id, { name: 'B' });
  const second = (await database.strategies.get(id))!.updatedMs;
  expect(first).toBeGreaterThan(updatedMs);
  expect(second).toBeGreaterThan(first);
});

it('what it was last run with changes nothing of the strategy itself', async () => {
  const { id, updatedMs } = await store.create(cross);
  await store.remember(id, { inputs: { fast: 3 }, settings: { ...defaultSettings, cash: 5 } });
  const row = (await database.strategies.get(id))!;
  expect(row).toMatchObject({ updatedMs, source: cross.source, inputs: { fast: 3 } });
  expect(row.settings.cash).toBe(5);
});

it('erases for good only what it is told to', async () => {
  const first = await store.create(cross);
  await store.create(cross);
  await store.erase([first.id]);
  expect(await names()).toEqual(['Cross 2']);
});
