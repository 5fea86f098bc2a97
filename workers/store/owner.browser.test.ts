import { afterEach, beforeEach, expect, test } from 'vitest';
import { Database } from './database.ts';
import { holdsWork } from './owner.ts';

let database: Database;
beforeEach(() => {
  database = new Database(`owner-${crypto.randomUUID()}`);
});
afterEach(() => database.delete());

test.each(['preferences', 'lastBackupMs', 'today', 'inbox', 'watched-prices', 'pending-run.a'])(
  'the setting %s is no work of the trader’s',
  async (key) => {
    await database.settings.put({ key, value: {} });
    expect(await holdsWork(database)).toBe(false);
  },
);

test.each(['statements', 'handTrips', 'tripMarks', 'pictures', 'notes', 'strategies', 'series'])(
  'a row of %s is work of the trader’s',
  async (table) => {
    await database.table(table).put({ id: 'a', noteId: 'b', importedMs: 1, createdMs: 1 });
    expect(await holdsWork(database)).toBe(true);
  },
);

test('a setting that goes along to other devices is work of the trader’s', async () => {
  await database.settings.put({ key: 'bot-limits', value: {} });
  expect(await holdsWork(database)).toBe(true);
});
