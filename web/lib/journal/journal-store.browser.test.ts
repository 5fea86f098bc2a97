/** The journal in a real database: marks keep what others wrote, statements go and come back whole. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { madeDeal } from '#core/journal/made-deals.ts';
import { handIdsOf } from '#core/journal/hand-deals.ts';
import { Database } from '#workers/store/database.ts';
import { writeDeals } from '#workers/store/statement-content.ts';
import { keepStatement } from '#workers/journal/statement-intake.ts';
import { followBook, type FollowedBook } from '#workers/journal/followed-book.ts';
import { editStore } from './edit-store.ts';
import { journalStore, type JournalStore } from './journal-store.ts';

let database: Database;
let store: JournalStore;
let followed: FollowedBook;
let count = 0;

beforeEach(() => {
  database = new Database(`journal-store-${count++}`);
  store = journalStore(database, () => count++);
  followed = followBook(database);
});
afterEach(async () => {
  followed.end();
  database.close();
  await database.delete();
});

const deals = [
  madeDeal({ deal: '1', position: '1', profit: 0 }),
  madeDeal({ deal: '2', position: '1', kind: 'sell', entry: 'out', atMs: 5, profit: 12 }),
];
const read = {
  ...{
    format: 'mt5-html',
    account: '100@Demo',
    currency: 'USD',
    statedZone: null,
    timesAreUtc: false,
    deals,
  },
  ...{
    skipped: [],
    skippedByReason: {},
    startBalance: 0,
    endBalance: 12,
    balanceFault: null,
    isCut: false,
  },
};
const trips = async () => {
  const book = await followed.ready();
  return book.ok ? book.value.all().map(({ id, tags, net }) => ({ id, tags, net })) : book;
};

it('keeps a statement, whose round trips are there until it is taken away, and again after', async () => {
  const parts = { fileName: 'a.html', read, choice: { zone: 'UTC' }, id: 's', nowMs: 9 };
  expect(await keepStatement(database, parts)).toEqual({ ok: true, value: null });
  const row = await database.statements.get('s');
  expect(row).toMatchObject({ account: '100@Demo', deals: 2, firstMs: 0, lastMs: 5, zone: 'UTC' });
  await store.addTag('100@Demo 1', 'late', []);
  const whole = [{ id: '100@Demo 1', tags: ['late'], net: 12 }];
  await expect.poll(trips).toEqual(whole);
  const removed = (await store.removeStatement('s'))!;
  await expect.poll(trips).toEqual([]);
  expect(await database.statementBytes.count()).toBe(0);
  await store.restoreStatement(removed);
  await store.restoreStatement(removed);
  await expect.poll(trips).toEqual(whole);
  expect(await database.statements.get('s')).toEqual(row);
  expect((await database.statementBytes.get('s'))?.bytes).toEqual(writeDeals(deals));
  expect(await store.removeStatement('other')).toBeUndefined();
});

it('keeps what is entered by hand, whose change is shown, and brings it back when it was taken away', async () => {
  const hand = {
    ...{ id: 'h', account: 'Mine', currency: 'EUR', symbol: 'DAX', side: 'buy' as const },
    ...{ volumeLots: 1, openedMs: 1, closedMs: 5, entryPrice: 100, exitPrice: 104, sl: null },
    ...{ profit: 4, costs: -1 },
  };
  await store.putHand(hand);
  const id = 'Mine hand:h';
  await expect.poll(trips).toEqual([{ id, tags: [], net: 3 }]);
  await store.addTag(id, 'late', []);
  await store.putHand({ ...hand, profit: 6 });
  const changed = [{ id, tags: ['late'], net: 5 }];
  await expect.poll(trips).toEqual(changed);
  const removed = await store.removeHands(['h']);
  await expect.poll(trips).toEqual([]);
  await store.restoreHands(removed);
  await expect.poll(trips).toEqual(changed);
  expect(await store.removeHands(['other'])).toEqual([]);
});

it('takes all parts away of what was entered by hand and merged, and brings all of them back', async () => {
  const hand = (id: string, openedMs: number) => ({
    ...{ id, account: 'Mine', currency: 'EUR', symbol: 'DAX', side: 'buy' as const },
    ...{ volumeLots: 1, openedMs, closedMs: openedMs + 4, entryPrice: 100, exitPrice: 104 },
    ...{ sl: null, profit: 4, costs: -1 },
  });
  await store.putHand(hand('a', 1));
  await store.putHand(hand('b', 20));
  const named = ['a', 'b'].map((id) => ({ deal: `Mine hand:${id}:in`, cut: null }));
  await editStore(
    database,
    () => 1,
    () => 'm',
  ).merge(named);
  const whole = [{ id: 'Mine hand:a', tags: [], net: 6 }];
  await expect.poll(trips).toEqual(whole);
  const book = await followed.ready();
  const parts = book.ok ? book.value.trip('Mine hand:a')!.edited!.ids : [];
  const removed = await store.removeHands(handIdsOf(parts));
  await expect.poll(trips).toEqual([]);
  await store.restoreHands(removed);
  await expect.poll(trips).toEqual(whole);
});

it('tells of statements whose deals have not come yet', async () => {
  const parts = { fileName: 'a.html', read, choice: {}, id: 's', nowMs: 9 };
  await keepStatement(database, parts);
  await expect.poll(trips).toHaveLength(1);
  await database.statementBytes.clear();
  await database.statements.put({ ...(await database.statements.get('s'))!, id: 't' });
  await expect.poll(() => followed.missing()).toBe(1);
});

it('writes a mark without undoing what was written in the same moment', async () => {
  const id = '100@Demo 1';
  await store.addTag(id, 'late', []);
  await Promise.all([
    store.rate(id, 4),
    store.addTag(id, 'LATE', ['Late']),
    store.addTag(id, ' news ', []),
  ]);
  expect(await database.tripMarks.get(id)).toMatchObject({ rating: 4, tags: ['late', 'news'] });
  await Promise.all([store.removeTag(id, 'late'), store.rate(id, null)]);
  expect(await database.tripMarks.get(id)).toMatchObject({ rating: null, tags: ['news'] });
});
