import { sql } from 'drizzle-orm';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { connect, type Connection } from './connection.ts';
import { isLostConnection } from './lost-connection.ts';

let postgres: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  postgres = await testDatabase();
  connection = connect(postgres.url, { name: 'test', most: 1 });
});
afterAll(async () => {
  await connection.close();
  await postgres.close();
});

describe('a connection that ends in the middle of a transaction', () => {
  it.each([0, 1, 20])(
    'fails that transaction, however late it is noticed (%i ms), and serves the next',
    async (lateMs) => {
      const { database } = connection;
      const cut = database.transaction(async (queries) => {
        const [row] = await queries.execute<{ id: number }>(sql`select pg_backend_pid() as id`);
        await postgres.owner.execute(sql`select pg_terminate_backend(${row!.id})`);
        await wait(lateMs);
        await queries.execute(sql`select 1`);
      });
      await expect(cut).rejects.toThrow();
      expect(await database.execute(sql`select 2 as two`)).toMatchObject([{ two: 2 }]);
    },
  );

  it('lets what goes on in the transaction write nothing on the connection made anew', async () => {
    const { database } = connection;
    const late = new Promise((resolve) => {
      const cut = database.transaction(async (queries) => {
        const [row] = await queries.execute<{ id: number }>(sql`select pg_backend_pid() as id`);
        await postgres.owner.execute(sql`select pg_terminate_backend(${row!.id})`);
        await wait(300);
        const write = queries.execute(sql`insert into email_directory values
          ('late@offing.example', '00000000-0000-4000-8000-000000000001')`);
        await write.catch(resolve);
        throw new Error('The write was let through, or refused.');
      });
      cut.catch(() => undefined);
    });
    await wait(100);
    expect(await database.execute(sql`select 2 as two`)).toMatchObject([{ two: 2 }]);
    await late;
    expect(await database.execute(sql`select * from email_directory`)).toHaveLength(0);
  });

  it('leaves nothing of what the transaction wrote', async () => {
    const { database } = connection;
    const cut = database.transaction(async (queries) => {
      await queries.execute(sql`insert into email_directory values ('cut@offing.example',
        '00000000-0000-4000-8000-000000000000')`);
      const [row] = await queries.execute<{ id: number }>(sql`select pg_backend_pid() as id`);
      await postgres.owner.execute(sql`select pg_terminate_backend(${row!.id})`);
      await wait(5);
    });
    await expect(cut).rejects.toThrow();
    expect(await database.execute(sql`select * from email_directory`)).toHaveLength(0);
  });
});

describe('a database without a connection left', () => {
  it('is one that cannot be asked just now', async () => {
    await postgres.owner.execute(sql`create role crowd login password 'crowd' connection limit 0`);
    const full = new URL(postgres.url);
    [full.username, full.password] = ['crowd', 'crowd'];
    const crowded = connect(full.href, { name: 'crowd', most: 1 });
    const refused = await crowded.database.execute(sql`select 1`).then(
      () => null,
      (error: unknown) => error,
    );
    await crowded.close();
    expect(refused).not.toBeNull();
    expect(isLostConnection(refused)).toBe(true);
  });
});
