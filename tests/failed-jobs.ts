/** Jobs that were given up, as they stand in the database. */
import { sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';

export async function failedJobs(owner: PostgresJsDatabase, queue: string) {
  const rows = await owner.execute<{
    jobId: string;
    requestId: string;
    code: string;
    attempts: number;
  }>(sql`
    select id as "jobId", data->>'requestId' as "requestId",
      coalesce(output->>'code', 'job.abandoned') as code, retry_count + 1 as attempts
    from pgboss.job where state = 'failed' and name = ${queue} order by completed_on desc`);
  return [...rows];
}
