/** Views, goals, merged and split round trips in a real database: each is taken back as it was. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Database } from '#workers/store/database.ts';
import { editStore } from './edit-store.ts';
import { goalStore } from './goal-store.ts';
import { viewStore } from './view-store.ts';

let database: Database;
let count = 0;
const nowMs = () => ++count;
const newId = () => String(++count).padStart(8, '0');

beforeEach(() => {
  database = new Database(`decision-stores-${count++}`);
});
afterEach(async () => {
  database.close();
  await database.delete();
});

it('keeps a view, renames it, lets it look otherwise, and brings a deleted one back', async () => {
  const store = viewStore(database, nowMs, newId);
  const look = { filter: { symbol: 'DAX' }, sort: null, hidden: ['r'] };
  expect(await store.add(' \n ', look)).toBe(null);
  const id = await store.add('Lost\non  DAX', look);
  const row = () => database.journalViews.get(id ?? '');
  expect(await row()).toMatchObject({ name: 'Lost on DAX', look });
  await store.rename(id ?? '', 'Gold');
  const other = { filter: {}, sort: { column: 'net', descending: false }, hidden: [] };
  expect(await store.look(id ?? '', other)).toEqual(look);
  const before = await row();
  expect(before).toMatchObject({ name: 'Gold', look: other });
  const removed = await store.remove(id ?? '');
  await store.rename(id ?? '', 'Nothing');
  expect(await store.look(id ?? '', look)).toBe(undefined);
  expect(await row()).toBe(undefined);
  await store.restore(removed!);
  expect(await row()).toEqual(before);
});

it('keeps what was merged and split until it is taken back, and again after that', async () => {
  const store = editStore(database, nowMs, newId);
  const trips = ['1@Demo 1', '1@Demo 3'].map((deal) => ({ deal, cut: null }));
  const merged = await store.merge(trips);
  const split = await store.split('1@Demo 9');
  const all = await database.tripEdits.toArray();
  expect(all).toMatchObject([
    { kind: 'merge', trips, at: null },
    { kind: 'split', trips: [], at: '1@Demo 9' },
  ]);
  const gone = await store.takeBack([...merged, ...split, 'never']);
  expect(await database.tripEdits.count()).toBe(0);
  expect(await store.takeBack(merged)).toEqual([]);
  await store.restore(gone);
  expect(await database.tripEdits.toArray()).toEqual(all);
});

it('changes a goal but for one that is deleted, which comes back as it was', async () => {
  const store = goalStore(database, nowMs, newId);
  const draft = {
    ...({ measure: 'trips', period: 'week', target: 10, currency: null } as const),
    fromDay: '2026-11-23',
  };
  const id = await store.add(draft);
  await store.change(id, { ...draft, target: 8 });
  const before = await database.goals.get(id);
  expect(before).toMatchObject({ target: 8 });
  const removed = await store.remove(id);
  await store.change(id, draft);
  expect(await database.goals.get(id)).toBe(undefined);
  await store.restore(removed!);
  expect(await database.goals.get(id)).toEqual(before);
});
