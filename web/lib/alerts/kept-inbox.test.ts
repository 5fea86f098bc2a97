/** The inbox is kept for its owner alone, and what cannot be read of it is not there. */
import { beforeEach, expect, test } from 'vitest';
import type { InboxItem } from '#core/alerts/alert-views.ts';
import type { Database } from '#workers/store/database.ts';
import { forgetInbox, keepInbox, readInbox } from './kept-inbox.ts';

let rows: Map<string, { key: string; value: unknown }>;
let owner: string | null;
let database: Database;

beforeEach(() => {
  rows = new Map();
  owner = 'me';
  database = {
    replicaMeta: { get: async () => ({ value: owner }) },
    settings: {
      get: async (key: string) => rows.get(key),
      put: async (row: { key: string; value: unknown }) => void rows.set(row.key, row),
      delete: async (key: string) => void rows.delete(key),
    },
  } as unknown as Database;
});

const items: readonly InboxItem[] = [
  {
    ...{ n: 1, alertId: 'a', accountId: 'b', atMs: 1, note: '', value: null, detail: {} },
    ...{ condition: { t: 'bot', botId: null }, isRead: false },
  },
];

test('what was heard last is there until it is forgotten', async () => {
  expect(await readInbox(database)).toBeNull();
  await keepInbox(database, 'me', { heardMs: 7, items });
  expect(await readInbox(database)).toMatchObject({ heardMs: 7, items });
  await forgetInbox(database);
  expect(await readInbox(database)).toBeNull();
});

test.each(['another', null])('nothing is kept where the owner is %s', async (whose) => {
  owner = whose;
  await keepInbox(database, 'me', { heardMs: 7, items });
  expect(rows.size).toBe(0);
});

test('what an older or newer version kept is not there', async () => {
  await keepInbox(database, 'me', { heardMs: 7, items });
  for (const value of [undefined, null, 'text', {}, { shapeVersion: 0, heardMs: 7, items }]) {
    rows.set('inbox', { key: 'inbox', value });
    expect(await readInbox(database)).toBeNull();
  }
});
