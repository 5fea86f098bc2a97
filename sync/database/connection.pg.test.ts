import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { connect } from './connection.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.close());

it('outlives connections that end while they open, and goes on with new ones', async () => {
  const pool = connect(test.url, { name: 'cut', most: 6 });
  const ask = () => pool.database.execute(sql`select 1`).catch(() => undefined);
  let isOver = false;
  const asking = Array.from({ length: 6 }, async () => {
    while (!isOver) await ask();
  });
  // A rejection that nobody awaits would end the run, as it would end the server.
  for (let round = 0; round < 150; round++) {
    await test.owner.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'offing cut'`,
    );
  }
  isOver = true;
  await Promise.all(asking);
  expect(await pool.database.execute(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  await pool.close();
});

it('hands arrays over as they are, whatever stands in them', async () => {
  const texts = ['plain', 'a "quoted" one', 'back\\slash', '{a,b}', 'null', '', ' ', 'é,ü'];
  const rows = await test.app.execute<{ text: string }>(
    sql`select unnest(${sql.param(texts)}::text[]) as text`,
  );
  expect(rows.map(({ text }) => text)).toEqual(texts);
  const whole = await test.app.execute<{ sum: string }>(
    sql`select sum(n)::text as sum from unnest(${sql.param([1, 2, 2 ** 40])}::bigint[]) as t (n)`,
  );
  expect(whole[0]?.sum).toBe(String(3 + 2 ** 40));
});
