import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportArchive, importArchive } from './archive.ts';
import { Database } from './database.ts';
import { readNames, type DatabaseNames } from './database-names.ts';
import { entering, type Entering } from './entering.ts';
import { clearedMs, ownerOf } from './owner.ts';
import { writeChanges } from './writing.ts';

/** A browser: what it keeps, and the page that is open. */
let names: DatabaseNames;
let canCarry: boolean;
let database: Database;
let page: Entering;

function load(): void {
  database = new Database(names.current);
  page = entering({
    database,
    keptNames: () => names,
    keepNames(next) {
      names = next;
      return true;
    },
    async carryInto(name) {
      if (!canCarry) return false;
      const file = await exportArchive(database, 1);
      const target = new Database(name);
      const report = file.ok && (await importArchive(target, file.value));
      target.close();
      return report && report.ok;
    },
    random: Math.random,
    nowMs: () => 7,
  });
}

async function signIn(userId: string): Promise<void> {
  const isOther = await page.enter(userId);
  if (!isOther) return;
  database.close();
  load();
  expect(await page.enter(userId)).toBe(false);
}

async function clean(): Promise<void> {
  for (const { name = '' } of await indexedDB.databases()) {
    if (name.startsWith('offing')) await new Database(name).delete({ disableAutoOpen: true });
  }
}

beforeEach(async () => {
  await clean();
  names = readNames(null);
  canCarry = true;
  load();
});
afterEach(async () => {
  database.close();
  await clean();
});

const watch = (symbol: string) =>
  writeChanges(database, [
    {
      ...{ kind: 'put', collection: 'watchlist', id: `Watchlist ${symbol}` },
      fields: { list: 'Watchlist', symbol, order: 'a0', note: '', addedMs: 1 },
    },
  ]);
const watched = async () => (await database.watchlist.toArray()).map(({ symbol }) => symbol);

test('the first account takes over what was written before, without copying it', async () => {
  await watch('EURUSD');
  expect(await database.outbox.count()).toBe(0);
  await signIn('a');
  expect(database.name).toBe('offing');
  expect(await ownerOf(database)).toBe('a');
  expect(await watched()).toEqual(['EURUSD']);
  await watch('GBPUSD');
  expect((await database.outbox.toArray()).map(({ row }) => row)).toEqual(['Watchlist GBPUSD']);
});

test('a second account sees nothing of the first, and each comes back to its own', async () => {
  await watch('EURUSD');
  await signIn('a');
  await signIn('b');
  expect(await watched()).toEqual([]);
  await watch('USDJPY');
  await signIn('a');
  expect(await watched()).toEqual(['EURUSD']);
  await signIn('b');
  expect(await watched()).toEqual(['USDJPY']);
});

test('once removed, nothing of the account is on the device', async () => {
  await signIn('a');
  await watch('EURUSD');
  const left = database;
  await page.remove('a');
  for (const table of left.tables) expect(await table.count(), table.name).toBe(0);
  left.close();
  load();
  expect(database.name).not.toBe(left.name);
  expect(names.doomed).toEqual([left.name]);
  expect(Object.values(names.owners)).not.toContain('a');
  await signIn('b');
  expect(await watched()).toEqual([]);
});

test('is removed too while the database of another account is the open one', async () => {
  await signIn('a');
  await watch('EURUSD');
  const { name } = database;
  await signIn('b');
  await watch('USDJPY');
  expect(await page.remove('a')).toBe(false);
  expect(await watched()).toEqual(['USDJPY']);
  expect(names.doomed).toEqual([name]);
  expect(Object.values(names.owners)).toEqual(['b']);
  const left = new Database(name);
  for (const table of left.tables) expect(await table.count(), table.name).toBe(0);
  left.close();
});

test('what nobody owns is brought along into the own database, and stays where that fails', async () => {
  await signIn('a');
  await watch('EURUSD');
  // Somebody else was here and took his own along.
  await signIn('b');
  await page.remove('b');
  database.close();
  load();
  await watch('USDJPY');
  canCarry = false;
  expect(await page.enter('a')).toBe(false);
  expect(await watched()).toEqual(['USDJPY']);
  canCarry = true;
  await signIn('a');
  expect((await watched()).toSorted()).toEqual(['EURUSD', 'USDJPY']);
  const left = names.doomed.at(-1)!;
  expect(left).not.toBe(database.name);
  const other = new Database(left);
  expect(await other.watchlist.count()).toBe(0);
  other.close();
  expect((await database.outbox.toArray()).map(({ row }) => row).toSorted()).toEqual([
    'Watchlist EURUSD',
    'Watchlist USDJPY',
  ]);
});

test('after the account is gone its data are nobody’s, and the next one takes them over', async () => {
  await signIn('a');
  await watch('EURUSD');
  await database.packs.add({ text: '[]' } as Parameters<typeof database.packs.add>[0]);
  await page.disown('a');
  expect([await ownerOf(database), await database.outbox.count()]).toEqual([null, 0]);
  // What came to the account and is not in rows yet would come to whoever is next.
  expect(await database.packs.count()).toBe(0);
  expect(await watched()).toEqual(['EURUSD']);
  await signIn('b');
  expect(await watched()).toEqual(['EURUSD']);
  expect(await database.replicaMeta.get('repair')).toMatchObject({ value: 'due' });
});

test('data that the browser threw away are noticed, lost names are found again', async () => {
  await signIn('a');
  await watch('EURUSD');
  await database.delete({ disableAutoOpen: true });
  load();
  await signIn('a');
  expect([await ownerOf(database), await clearedMs(database)]).toEqual(['a', 7]);
  await signIn('b');
  await watch('USDJPY');
  database.close();
  names = readNames(null);
  load();
  await signIn('b');
  expect(await watched()).toEqual(['USDJPY']);
});
