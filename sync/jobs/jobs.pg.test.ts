import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { fail, ok } from '../../core/result.ts';
import { failedJobs } from '../../tests/failed-jobs.ts';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { appRole, connect } from '../database/connection.ts';
import { openJobs, type JobFailure, type Jobs } from './jobs.ts';
import { queue } from './queue.ts';

let postgres: TestDatabase;
let opened: Jobs[] = [];

beforeAll(async () => {
  postgres = await testDatabase();
});
afterEach(async () => {
  await Promise.all(opened.map((jobs) => jobs.close()));
  opened = [];
});
afterAll(() => postgres.close());

/** A queue of its own for each test, without pauses worth mentioning. */
function quickQueue(settings: { readonly tries?: number } = {}) {
  return queue({
    name: `test-${randomUUID()}`,
    shape: z.object({ number: z.number() }),
    tries: 3,
    firstPauseSeconds: 0,
    longestPauseSeconds: 1,
    limitSeconds: 20,
    atOnce: 2,
    lookEverySeconds: 0.5,
    ...settings,
  });
}

async function open(queues: ReturnType<typeof quickQueue>[], lines?: string[]): Promise<Jobs> {
  const log = lines
    ? pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    : pino({ level: 'silent' });
  const jobs = await openJobs({ url: postgres.url, queues, log });
  if (!jobs.ok) throw new Error(jobs.error.sentence);
  opened.push(jobs.value);
  return jobs.value;
}

const put = (
  jobs: Jobs,
  kind: ReturnType<typeof quickQueue>,
  number: number,
  database = postgres.app,
) =>
  database.transaction((transaction) =>
    jobs.enqueue(transaction, kind, { number }, { requestId: `request-${number}` }),
  );

test('does a job that the working role noted in its own transaction', async () => {
  const kind = quickQueue();
  const jobs = await open([kind]);
  const seen: [number, string, number][] = [];
  await jobs.work(kind, async ({ number }, { requestId, attempt }) => {
    seen.push([number, requestId, attempt]);
    return ok(undefined);
  });
  await put(jobs, kind, 1);
  await expect.poll(() => seen, { timeout: 20_000 }).toEqual([[1, 'request-1', 1]]);
});

test('does nothing of a transaction that was rolled back', async () => {
  const kind = quickQueue();
  const jobs = await open([kind]);
  const seen: number[] = [];
  await jobs.work(kind, async ({ number }) => {
    seen.push(number);
    return ok(undefined);
  });
  await postgres.app
    .transaction(async (transaction) => {
      await jobs.enqueue(transaction, kind, { number: 1 }, { requestId: 'request-1' });
      throw new Error('changed my mind');
    })
    .catch(() => undefined);
  await put(jobs, kind, 2);
  await expect.poll(() => seen, { timeout: 20_000 }).toEqual([2]);
});

test('tries a failed job again and lists one that was given up', async () => {
  const kind = quickQueue();
  const jobs = await open([kind]);
  const attempts: [number, boolean][] = [];
  await jobs.work(kind, async (_, { attempt, isLast }) => {
    attempts.push([attempt, isLast]);
    return fail<JobFailure>({ code: 'test.busy', isFinal: false });
  });
  const jobId = await put(jobs, kind, 1);
  await expect
    .poll(() => failedJobs(postgres.owner, kind.name), { timeout: 30_000 })
    .toEqual([
      {
        jobId,
        requestId: 'request-1',
        code: 'test.busy',
        attempts: 3,
      },
    ]);
  expect(attempts).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ]);
});

test('gives a job up at once when trying again is useless', async () => {
  const kind = quickQueue();
  const jobs = await open([kind]);
  await jobs.work(kind, async () => fail<JobFailure>({ code: 'test.useless', isFinal: true }));
  await put(jobs, kind, 1);
  await expect
    .poll(() => failedJobs(postgres.owner, kind.name), { timeout: 20_000 })
    .toMatchObject([{ code: 'test.useless', attempts: 1 }]);
});

test('keeps what an error said out of logs and out of the database', async () => {
  const kind = quickQueue({ tries: 1 });
  const lines: string[] = [];
  const jobs = await open([kind], lines);
  await jobs.work(kind, async () => {
    throw new Error('params: canary-4711', { cause: new Error('canary-4711') });
  });
  await put(jobs, kind, 1);
  await expect
    .poll(() => failedJobs(postgres.owner, kind.name), { timeout: 20_000 })
    .toMatchObject([{ code: 'job.crashed' }]);
  expect(lines.join('')).toContain('a job stopped unexpectedly');
  expect(lines.join('')).toContain('request-1');
  const rows = await postgres.owner.execute(sql`select * from pgboss.job`);
  expect(lines.join('') + JSON.stringify(rows)).not.toContain('canary');
});

test('the working role can add jobs and neither read, change nor remove them', async () => {
  const kind = quickQueue();
  const jobs = await open([kind]);
  await put(jobs, kind, 1);
  const refused = [
    'select data from pgboss.job',
    'select data from pgboss.job_common',
    "update pgboss.job set state = 'cancelled'",
    'delete from pgboss.job',
    'delete from pgboss.job_common',
    'truncate pgboss.job',
    'update pgboss.queue set retry_limit = 0',
    'create table pgboss.mine (id int)',
  ];
  for (const statement of refused) {
    const code = await postgres.app.execute(sql.raw(statement)).then(
      () => 'allowed',
      (error: unknown) => (error as { cause: { code: string } }).cause.code,
    );
    expect([statement, code]).toEqual([statement, '42501']);
  }
});

test('two servers that start together share the work', async () => {
  const kind = quickQueue();
  const [one, two] = await Promise.all([open([kind]), open([kind])]);
  const seen: number[] = [];
  for (const jobs of [one, two]) {
    await jobs.work(kind, async ({ number }) => {
      seen.push(number);
      return ok(undefined);
    });
  }
  const numbers = Array.from({ length: 12 }, (_, index) => index);
  for (const number of numbers) await put(number % 2 ? one : two, kind, number);
  await expect.poll(() => seen.length, { timeout: 30_000 }).toBe(12);
  expect([...seen].sort((a, b) => a - b)).toEqual(numbers);
});

test('takes up a job whose server died over it', async () => {
  const kind = quickQueue();
  const jobs = await open([kind]);
  const jobId = await put(jobs, kind, 1);
  await postgres.owner.execute(
    sql`update pgboss.job set state = 'active', started_on = now() - interval '50 seconds',
          heartbeat_on = now() - interval '50 seconds' where id = ${jobId}`,
  );
  const seen: string[] = [];
  await jobs.work(kind, async (_, context) => {
    seen.push(context.jobId);
    return ok(undefined);
  });
  await expect.poll(() => seen, { timeout: 50_000 }).toEqual([jobId]);
});

test('goes on when Postgres was killed and is back', async () => {
  const kind = quickQueue({ tries: 5 });
  const jobs = await open([kind]);
  const seen: number[] = [];
  await jobs.work(kind, async ({ number }) => {
    seen.push(number);
    return ok(undefined);
  });
  await put(jobs, kind, 1);
  await expect.poll(() => seen, { timeout: 20_000 }).toEqual([1]);
  const rows = await postgres.owner.execute<{ file: string }>(
    sql`select pg_read_file('postmaster.pid') as file`,
  );
  process.kill(Number(rows[0]!.file.split('\n')[0]), 'SIGKILL');
  await expect.poll(answers, { timeout: 60_000, interval: 500 }).toBe(true);
  const anew = connect(postgres.url, { name: 'anew', most: 1, role: appRole });
  await put(jobs, kind, 2, anew.database);
  await anew.close();
  await expect.poll(() => seen.includes(2), { timeout: 30_000 }).toBe(true);
}, 120_000);

/** Asked through a connection of its own, so that none is caught in the middle of a query. */
async function answers(): Promise<boolean> {
  const probe = connect(postgres.url, { name: 'probe', most: 1 });
  try {
    await probe.database.execute(sql`select 1`);
    return true;
  } catch {
    return false;
  } finally {
    await probe.close();
  }
}

test('ends although the database is gone', async () => {
  const kind = quickQueue();
  const gone = await testDatabase();
  const jobs = await openJobs({ url: gone.url, queues: [kind], log: pino({ level: 'silent' }) });
  if (!jobs.ok) throw new Error(jobs.error.sentence);
  await jobs.value.work(kind, async () => ok(undefined));
  await gone.close();
  await expect(jobs.value.close()).resolves.toBeUndefined();
}, 60_000);
