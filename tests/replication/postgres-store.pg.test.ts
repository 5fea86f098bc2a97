/** The storage of the exchange in Postgres: the same as in memory, found by its indexes, swept. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoredFragment } from '../../core/sync/server-merge.ts';
import type { Queries } from '../../sync/database/queries.ts';
import { applyChanges } from '../../sync/replication/fragment-changes.ts';
import { postgresStore, type ReplicaCaller } from '../../sync/replication/postgres-store.ts';
import {
  collectionsOf,
  eachFragment,
  fragmentsBeside,
  bytesOf,
  fragmentsOf,
} from '../../sync/replication/stored-fragments.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';
import { memoryServer } from '../simulation/server-store.ts';
import { readsOf } from './plans.ts';
import { countedNeeds, steps, traceOf, traceNowMs } from './traces.ts';

let database: TestDatabase;
let owner: Sql;
beforeAll(async () => {
  database = await testDatabase();
  owner = postgres(database.url, { max: 2, onnotice: () => undefined });
});
afterAll(async () => {
  await owner?.end();
  await database?.close();
});

const caller = (): ReplicaCaller => ({
  sessionId: randomUUID(),
  deviceName: 'Test',
  nowMs: traceNowMs,
});

/** What is kept of the account, oldest first. */
function keptOf(userId: string): Promise<readonly StoredFragment[]> {
  return postgresStore(database.app, caller()).transact(userId, (tx) => tx.after(0, 10_000));
}

describe('the storage in Postgres', () => {
  test('answers every device as the one in memory does, and keeps the same', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(1_500, 1_000_000), async (wanted, quotaBytes) => {
        const userId = randomUUID();
        const memory = memoryServer();
        const real = postgresStore(database.app, caller());
        const [needs, same] = [countedNeeds(quotaBytes), countedNeeds(quotaBytes)];
        const expected = await traceOf(memory, needs, { userId, steps: wanted });
        expect(await traceOf(real, same, { userId, steps: wanted })).toEqual(expected);
        expect(await keptOf(userId)).toEqual(memory.data.fragments);
        const head = await real.transact(userId, (tx) => tx.head());
        expect(head).toEqual(memory.data.head);
        const bytes = memory.data.fragments.reduce((sum, each) => sum + each.bytes, 0);
        expect(head.bytes).toBe(bytes);
      }),
      { numRuns: 30 },
    );
  });
});

describe('what is looked for', () => {
  const userId = randomUUID();
  const rows = Array.from({ length: 200 }, (_, i) => ({ collection: 'runs', row: `row${i * 90}` }));
  const [fragment] = [0].map((seq) => ({
    ...{ collection: 'runs', row: 'row1', hlc: 'h1', part: 0, schemaVersion: 1 },
    ...{ seq, live: ['a'], cells: { a: 1 }, bytes: 10 },
  }));
  const many = rows.map((key, seq) => ({ ...fragment!, ...key, seq }));

  const asked: Record<string, (queries: Queries) => Promise<unknown>> = {
    'the rows of a push': (queries) => fragmentsOf(queries, userId, rows),
    'what they take': (queries) => bytesOf(queries, userId, rows),
    'what a push takes away': (queries) =>
      applyChanges(queries, userId, { insert: [], shrink: [], remove: many }),
    'what comes after a cursor': (queries) => fragmentsBeside(queries, userId, { after: 99 }, 500),
    'the first sync': (queries) => fragmentsBeside(queries, userId, { before: 9_999 }, 500),
    'a collection': (queries) => eachFragment(queries, userId, 'runs', () => undefined),
    'the names of the collections': (queries) => collectionsOf(queries, userId),
  };

  beforeAll(async () => {
    for (const [id, count] of [
      [userId, 20_000],
      [randomUUID(), 20_000],
    ] as const) {
      await owner`
        insert into fragments (user_id, collection, row_id, hlc, part, seq, live, cells,
          schema_version, bytes)
        select ${id}, 'runs', 'row' || n, 'h' || n, 0, n, array['a'], '{"a":1}', 1, 10
        from generate_series(1, ${count}) as n`;
    }
  });

  describe.each(['while Postgres knows nothing of the table', 'once it does'])('%s', (when) => {
    beforeAll(async () => {
      if (when === 'once it does') await owner`analyze fragments`;
    });

    test.each(Object.entries(asked))('%s is found by an index, account first', async (_, run) => {
      const reads = await readsOf(database.owner, run);
      expect(reads.length).toBeGreaterThan(0);
      for (const read of reads) {
        expect(read['Node Type'], JSON.stringify(read)).toMatch(/^Index (Only )?Scan$|^Tid Scan$/);
        const isPlace = read['Node Type'] === 'Tid Scan';
        if (!isPlace) expect(read['Index Cond'] ?? '').toContain('user_id = ');
      }
    });
  });
});
