/**
 * Work that outlives the request that causes it: noted in the same transaction, done afterwards,
 * tried again until it succeeds or is given up.
 *
 * The queue (pg-boss) works as the owner of its own schema, over a pool of its own that takes up
 * again by itself when Postgres comes back. A job may run twice, since the server can die between
 * doing it and noting that it is done: handlers must bear that.
 */
import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss, type JobResult, type JobWithMetadata } from 'pg-boss';
import { z } from 'zod';
import { assert } from '#core/assert.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Queries } from '../database/queries.ts';
import type { Log } from '../ops/log.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { bareError } from './bare-error.ts';
import { admitAppRole, jobDatabaseUrl, jobSchema } from './job-database.ts';
import type { Queue, QueueSettings } from './queue.ts';
import { rarely } from './rarely.ts';

export interface JobContext {
  /** The request that caused the job; names of its own for what no request caused. */
  readonly requestId: string;
  readonly jobId: string;
  /** From 1. */
  readonly attempt: number;
  /** Whether a failure now is the end of it. */
  readonly isLast: boolean;
  /** Says request, queue and job in each line. */
  readonly log: Log;
  /** Aborted when the try takes too long or the server stops. */
  readonly signal: AbortSignal;
}

export interface JobFailure {
  /** Stands in the database and in logs; never holds what a stranger said. */
  readonly code: string;
  /** Whether trying again is useless. */
  readonly isFinal: boolean;
}

export type JobHandler<Data> = (
  data: Data,
  context: JobContext,
) => Promise<Result<void, JobFailure>>;

export interface Jobs {
  /** The job's id; it exists if and only if the caller's transaction commits. */
  enqueue<Data extends object>(
    transaction: Pick<Queries, 'execute'>,
    queue: Queue<Data>,
    data: Data,
    options: { readonly requestId: string },
  ): Promise<string>;
  /** Begins to do the jobs of a queue; one that throws is tried again like one that failed. */
  work<Data extends object>(queue: Queue<Data>, handler: JobHandler<Data>): Promise<void>;
  /** A job at the times of `cron`, in UTC; one for all that were missed while nothing ran. */
  schedule<Data extends object>(queue: Queue<Data>, cron: string, data: Data): Promise<void>;
  /** Lets jobs under way finish for up to ten seconds; the rest begin anew at the next start. */
  close(): Promise<void>;
}

export interface JobsOptions {
  /** Of the owner of the database, not of the working role. */
  readonly url: string;
  readonly queues: readonly QueueSettings[];
  readonly log: Log;
  readonly signal?: AbortSignal;
}

const keptSeconds = 14 * 86_400;

/** Brings the queue's tables up to date and opens it; refuses where the database does not let it. */
export async function openJobs(options: JobsOptions): Promise<Result<Jobs, Refusal>> {
  const { url, queues, log, signal } = options;
  const boss = new PgBoss({
    connectionString: jobDatabaseUrl(url),
    schema: jobSchema,
    application_name: 'offing jobs',
    max: 4,
    // Within these a job whose server died is taken up again.
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    registerInstance: false,
  });
  const say = rarely((_, error: unknown) => log.warn({ error: bareError(error) }, 'jobs wait'));
  boss.on('error', (error: unknown) => say(bareError(error).code, error));
  boss.on('warning', ({ message }) => log.debug({ message }, 'the job queue warns'));
  try {
    await boss.start();
    for (const queue of queues) await declare(boss, queue);
    await admitAppRole(boss.getDb());
    if (!signal?.aborted) return ok(jobsOver(boss, log));
  } catch (error) {
    log.error({ error: bareError(error) }, 'the job queue could not be prepared');
  }
  await stop(boss, log);
  return refuse(
    signal?.aborted
      ? 'The start was given up.'
      : 'The job queue cannot be kept in the database; the log says why.',
  );
}

function jobsOver(boss: PgBoss, log: Log): Jobs {
  return {
    async enqueue(transaction, queue, data, { requestId }) {
      const db = fromDrizzle(transaction, sql);
      const jobId = await boss.send(queue.name, { requestId, data }, { db });
      assert(jobId !== null, 'a job that excludes no other is taken');
      return jobId;
    },
    async work(queue, handler) {
      const { atOnce: localConcurrency, lookEverySeconds: pollingIntervalSeconds } = queue;
      await boss.work(
        queue.name,
        { perJobResults: true, includeMetadata: true, localConcurrency, pollingIntervalSeconds },
        (jobs: JobWithMetadata<object>[]) =>
          Promise.all(jobs.map((job) => settle(job, queue, handler, log))),
      );
    },
    async schedule(queue, cron, data) {
      const requestId = `schedule.${queue.name}`;
      await boss.schedule(queue.name, cron, { requestId, data }, { tz: 'UTC', missed: 'once' });
    },
    close: () => stop(boss, log),
  };
}

/** Makes the queue, or gives an older one the settings of now. */
async function declare(boss: PgBoss, queue: QueueSettings): Promise<void> {
  const settings = {
    retryLimit: queue.tries - 1,
    retryDelay: queue.firstPauseSeconds,
    retryBackoff: true,
    retryDelayMax: queue.longestPauseSeconds,
    expireInSeconds: queue.limitSeconds,
    heartbeatSeconds: 30,
    retentionSeconds: keptSeconds,
    deleteAfterSeconds: keptSeconds,
  };
  await boss.createQueue(queue.name, settings);
  await boss.updateQueue(queue.name, settings);
}

const envelope = z.object({ requestId: z.string(), data: z.unknown() });

/** Does one job and says what the queue is to make of it; throws never, so that no message is kept. */
async function settle<Data extends object>(
  job: JobWithMetadata<object>,
  queue: Queue<Data>,
  handler: JobHandler<Data>,
  log: Log,
): Promise<JobResult> {
  const opened = envelope.safeParse(job.data);
  const data = queue.shape.safeParse(opened.data?.data);
  const requestId = opened.data?.requestId ?? '';
  const attempt = job.retryCount + 1;
  const isLast = job.retryCount >= job.retryLimit;
  const jobLog = log.child({ requestId, queue: queue.name, jobId: job.id, attempt });
  const context = { requestId, jobId: job.id, attempt, isLast, log: jobLog, signal: job.signal };
  const result = data.success
    ? await guarded(() => handler(data.data, context), jobLog)
    : fail({ code: 'job.data-invalid', isFinal: true });

  const isOver = !result.ok && (result.error.isFinal || isLast);
  if (result.ok) {
    jobLog.info('job done');
    return { id: job.id, status: 'completed' };
  }
  const { code } = result.error;
  if (isOver) jobLog.error({ code }, 'job given up');
  else jobLog.warn({ code }, 'job will be tried again');
  return { id: job.id, status: isOver ? 'deadletter' : 'failed', output: { code } };
}

async function guarded(
  run: () => Promise<Result<void, JobFailure>>,
  log: Log,
): Promise<Result<void, JobFailure>> {
  try {
    return await run();
  } catch (error) {
    log.error({ error: bareError(error) }, 'a job stopped unexpectedly');
    return fail({ code: 'job.crashed', isFinal: false });
  }
}

/** A queue that cannot say goodbye, because the database is gone, is left as it is. */
async function stop(boss: PgBoss, log: Log): Promise<void> {
  try {
    await boss.stop({ graceful: true, timeout: 10_000 });
  } catch (error) {
    log.warn({ error: bareError(error) }, 'the job queue did not end well');
  }
}
