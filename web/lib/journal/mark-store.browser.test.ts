/** Marks, playbooks and days in a real database: nothing undoes what it has not seen. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Database } from '#workers/store/database.ts';
import { noteStore } from '../notes/note-store.ts';
import { dayStore } from './day-store.ts';
import { markStore } from './mark-store.ts';
import { playbookStore } from './playbook-store.ts';

let database: Database;
let count = 0;
const nowMs = () => ++count;
const newId = () => String(++count).padStart(8, '0');

beforeEach(() => {
  database = new Database(`mark-store-${count++}`);
});
afterEach(async () => {
  database.close();
  await database.delete();
});
const marksOf = async (ids: readonly string[]) => {
  const rows = await database.tripMarks.bulkGet([...ids]);
  return rows.map((row) => row && { ...row, updatedMs: 0 });
};

it('changes thousands at once, and takes all of it back but for what was changed again', async () => {
  const store = markStore(database, nowMs);
  const ids = Array.from({ length: 2_000 }, (_, n) => `1@Demo ${n}`);
  const each = ids.map((id) => [id]);
  await store.addTag('1@Demo 3', 'Gap', []);
  await store.setPlaybook('1@Demo 4', 'before');
  const earlier = await marksOf(ids.slice(0, 10));
  const tagged = await store.changeMany(each, {
    ...{ kind: 'add', field: 'tags', text: 'gap', used: ['Gap'] },
  });
  expect(tagged.before.size).toBe(1_999);
  const set = await store.changeMany(each, { kind: 'set', field: 'playbook', to: 'p' });
  const rated = await store.changeMany(each, { kind: 'set', field: 'rating', to: 3 });
  expect(await marksOf(['1@Demo 3', '1@Demo 1999'])).toMatchObject([
    { tags: ['Gap'], playbook: 'p', rating: 3 },
    { tags: ['Gap'], playbook: 'p', rating: 3 },
  ]);
  await store.setPlaybook('1@Demo 9', 'after');
  for (const made of [rated, set, tagged]) await store.undo(made);
  const [back, ninth] = [await marksOf(ids.slice(0, 9)), await marksOf(['1@Demo 9'])];
  back.forEach((row, at) => {
    expect(row?.tags).toEqual(earlier[at]?.tags ?? []);
    expect(row?.playbook ?? null).toBe(earlier[at]?.playbook ?? null);
    expect(row?.rating ?? null).toBe(null);
  });
  expect(ninth).toMatchObject([{ playbook: 'after', tags: [] }]);
  const off = await store.changeMany(each, { kind: 'remove', field: 'tags', text: 'GAP' });
  expect([...off.before]).toEqual([['1@Demo 3', 'Gap']]);
  await store.undo(off);
  expect(await marksOf(['1@Demo 3'])).toMatchObject([{ tags: ['Gap'] }]);
});

it('takes off at every part of one that was merged, adds at the first, and counts it once', async () => {
  const store = markStore(database, nowMs);
  const trips = [['1@Demo 1', '1@Demo 2', '1@Demo 3'], ['1@Demo 4'], ['1@Demo 5']];
  for (const id of trips.flat().slice(0, 4)) await store.addTag(id, 'Gap', []);
  const off = await store.changeMany(trips, { kind: 'remove', field: 'tags', text: 'gap' });
  expect(off.trips).toBe(2);
  const tagsOf = async () => (await marksOf(trips.flat())).map((mark) => mark?.tags ?? []);
  expect(await tagsOf()).toEqual([[], [], [], [], []]);
  await store.undo(off);
  expect(await tagsOf()).toEqual([['Gap'], ['Gap'], ['Gap'], ['Gap'], []]);
  const rated = await store.changeMany(trips, { kind: 'set', field: 'rating', to: 3 });
  expect(rated.trips).toBe(3);
  const ratings = (await marksOf(trips.flat())).map((mark) => mark?.rating ?? null);
  expect(ratings).toEqual([3, null, null, 3, 3]);
  const unrated = await store.changeMany(trips, { kind: 'set', field: 'rating', to: null });
  expect(unrated.trips).toBe(3);
});

it('holds a planned stop and target, each taken away and taken back by itself', async () => {
  const store = markStore(database, nowMs);
  await store.plan('p', 'plannedSl', 1.0987);
  await store.plan('p', 'plannedTp', 1.1042);
  expect(await marksOf(['p'])).toMatchObject([{ plannedSl: 1.0987, plannedTp: 1.1042 }]);
  const gone = await store.changeMany([['p']], { kind: 'set', field: 'plannedSl', to: null });
  expect(await marksOf(['p'])).toMatchObject([{ plannedSl: null, plannedTp: 1.1042 }]);
  await store.undo(gone);
  expect(await marksOf(['p'])).toMatchObject([{ plannedSl: 1.0987, plannedTp: 1.1042 }]);
});

it('writes of a mark only what is changed, so that another device keeps its part', async () => {
  const store = markStore(database, nowMs);
  await store.meet('t', 'c', true);
  await store.addMistake('t', ' chased ', []);
  const record: unknown = await database.tripMarks.where('id').equals('t').raw().first();
  const cells = Object.keys(record as object).filter((cell) => !cell.startsWith('_'));
  expect(cells.map((cell) => cell.split('.')[0]).sort()).toEqual([
    ...['id', 'met', 'mistakes', 'updatedMs'],
  ]);
  await Promise.all([store.meet('t', 'd', true), store.meet('t', 'c', false)]);
  expect(await marksOf(['t'])).toMatchObject([{ met: ['d'], mistakes: ['chased'] }]);
});

it('keeps what another device wrote at a playbook while it was changed, and brings it back', async () => {
  const store = playbookStore(database, nowMs, newId);
  const [a, b] = [store.nextId(), store.nextId()];
  const seen = { name: 'Breakout', description: '', criteria: { [a]: 'Above the range' } };
  await store.put('p', seen, null);
  // Meanwhile from elsewhere:
  await store.put('p', { ...seen, criteria: { ...seen.criteria, [b]: 'With the trend' } }, seen);
  await store.put('p', { ...seen, name: 'Breakouts', criteria: { [a]: 'Over the range' } }, seen);
  const kept = (await database.playbooks.get('p'))!;
  expect(kept).toMatchObject({
    name: 'Breakouts',
    criteria: { [a]: 'Over the range', [b]: 'With the trend' },
  });
  const removed = (await store.remove('p'))!;
  expect(await database.playbooks.count()).toBe(0);
  await store.restore(removed);
  expect(await database.playbooks.get('p')).toEqual(kept);
  await store.put('p', { ...kept, criteria: { [b]: '  ' } }, kept);
  expect((await database.playbooks.get('p'))?.criteria).toEqual({});
});

it('keeps hostile text as the text that it is', async () => {
  const store = playbookStore(database, nowMs, newId);
  const script = '<script>alert(1)</script>\u202e\u0000';
  const long = `${script}${'ل'.repeat(20_000)}`;
  await store.put('p', { name: long, description: long, criteria: { x: long } }, null);
  await dayStore(database, nowMs).setGoals('2026-11-27', long);
  const { name, description, criteria } = (await database.playbooks.get('p'))!;
  const goals = (await database.journalDays.get('2026-11-27'))?.goals;
  for (const [text, most] of [
    [name, 200],
    [description, 10_000],
    [criteria['x'], 200],
    [goals, 10_000],
  ] as const) {
    expect(text?.startsWith('<script>alert(1)</script>\u202e')).toBe(true);
    expect(text?.length).toBeGreaterThan(most - 3);
    expect(text?.length).toBeLessThanOrEqual(most);
    expect(text).not.toContain('\u0000');
  }
});

it('keeps the checklist of a day, whatever becomes of the template', async () => {
  const [store, books] = [dayStore(database, nowMs), playbookStore(database, nowMs, newId)];
  for (const label of ['News read', 'Slept', 'Limits set']) await books.addItem(label);
  const items = (await database.checklistItems.toArray()).toSorted((a, b) => a.order - b.order);
  const day = '2026-11-27';
  await Promise.all([
    ...items.map(({ id }) => store.tick(day, { id, isTicked: true }, { isOver: false })),
    store.setMood(day, 4),
  ]);
  await store.tick(day, { id: items[1]!.id, isTicked: false }, { isOver: false });
  await books.moveItem(items[2]!.id, -1);
  await books.renameItem(items[0]!.id, 'Calendar read');
  const removed = (await books.removeItem(items[1]!.id))!;
  const row = (await database.journalDays.get(day))!;
  expect(Object.values(row.items).toSorted()).toEqual(['Limits set', 'News read', 'Slept']);
  expect(row.ticked.toSorted()).toEqual([items[0]!.id, items[2]!.id].toSorted());
  expect(row.mood).toBe(4);
  await books.restoreItem(removed);
  const ordered = (await database.checklistItems.toArray()).toSorted((a, b) => a.order - b.order);
  expect(ordered.map(({ label }) => label)).toEqual(['Calendar read', 'Limits set', 'Slept']);
});

it('begins a plan once, with its template, and brings a deleted one back', async () => {
  const store = dayStore(database, nowMs);
  await store.keepTemplate('plan', 'Levels:\n');
  const plan = { role: 'plan', day: '2026-11-27', title: 'Plan' } as const;
  await Promise.all([store.beginNote(plan), store.beginNote(plan)]);
  const note = (await database.notes.get('plan 2026-11-27'))!;
  expect(note).toMatchObject({
    ...{ title: 'Plan', excerpt: 'Levels:\n', subject: { kind: 'day', id: '2026-11-27' } },
  });
  expect(note.text).toHaveLength(1);
  await noteStore(database, nowMs, newId).remove(note.id);
  expect(await database.notes.count()).toBe(0);
  await store.beginNote(plan);
  expect(await database.notes.get(note.id)).toMatchObject({ title: 'Plan', excerpt: 'Levels:\n' });
});
