import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { rateLimits } from '../schema/rate-limits.ts';
import { createLog } from './log.ts';

const canary = 'canary-hunter2';
let postgres: TestDatabase;
beforeAll(async () => {
  postgres = await testDatabase();
});
afterAll(() => postgres?.close());

async function logged(query: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => lines.push(line) });
  await query().then(
    () => expect.fail('the query was to fail'),
    (error: unknown) => {
      expect(`${String(error)} ${JSON.stringify(error)}`).toContain(canary);
      log.error({ err: error }, 'failed');
      log.error(error);
    },
  );
  return lines.join('');
}

describe('a query that failed', () => {
  it('is logged by its code, table and constraint, without parameters and the row', async () => {
    const row = { key: canary, minuteStartMs: 0, minuteUsed: 0, hourStartMs: 0, hourUsed: 0 };
    await postgres.app.insert(rateLimits).values(row);
    const text = await logged(() => postgres.app.insert(rateLimits).values(row));
    expect(text).not.toContain(canary);
    expect(text).toContain('rate_limits_pkey');
    expect(text).toContain('"code":"23505"');
    expect(text).toContain('"table":"rate_limits"');
    expect(text).toContain('at ');
  });

  it('is logged without the value that has the wrong form', async () => {
    const text = await logged(async () => postgres.app.execute(sql`select ${canary}::uuid`));
    expect(text).not.toContain(canary);
    expect(text).toContain('"code":"22P02"');
  });

  it('is logged without what a function of ours was told', async () => {
    const raise = `do $$ begin raise exception 'not for "%"', '${canary}'; end $$`;
    const text = await logged(async () => postgres.app.execute(sql.raw(raise)));
    expect(text).not.toContain(canary);
    expect(text).toContain('"code":"P0001"');
  });
});
