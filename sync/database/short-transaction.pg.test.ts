import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { shortTransaction } from './short-transaction.ts';

let database: TestDatabase;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database?.close());

const insert = (userId: string) => ({
  text: `insert into "audit_heads" ("user_id", "seq", "hash") values ($1, 0, '')`,
  values: [userId],
});
const count = async (userId: string) =>
  (await database.owner.execute(sql`select 1 from audit_heads where user_id = ${userId}`)).length;

test('what is written with the commit is there once it is over', async () => {
  const userId = randomUUID();
  const answer = await shortTransaction(database.app, async ({ send, sendLast }) => {
    const [row] = await send<{ readonly two: number }>({
      text: 'select $1::int as two',
      values: [2],
    });
    sendLast([insert(userId)]);
    return row?.two;
  });
  expect([answer, await count(userId)]).toEqual([2, 1]);
});

test('where a statement that goes with the commit fails, nothing is left of any', async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  const failing = shortTransaction(database.app, async ({ send, sendLast }) => {
    await send(insert(first));
    sendLast([insert(second), insert(first)]);
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  expect([await count(first), await count(second)]).toEqual([0, 0]);
});
