/** What the job queue needs of Postgres beside its own tables: the way there, and who may add jobs. */
import type { Db } from 'pg-boss';
import { appRole } from '../database/connection.ts';

export const jobSchema = 'pgboss';

/** Any number will do, so long as every version of Offing uses the same. */
const grantLock = 5_170_002;

/**
 * The address of the database for the queue's driver.
 *
 * Left to itself that driver takes `sslmode=require` for more than libpq and the rest of the
 * server do, and would refuse a database that they reach.
 */
export function jobDatabaseUrl(url: string): string {
  const address = new URL(url);
  if (address.searchParams.has('sslmode')) address.searchParams.set('uselibpqcompat', 'true');
  return address.href;
}

/**
 * Lets the server's working role put jobs into the queue, in transactions of its own.
 *
 * That is all it can: add a job, and read the settings of queues and the ids of jobs, which the
 * statement that adds one asks for. It cannot read what a job holds, change one or remove one,
 * so whoever gets hold of that role learns and stops nothing; what he adds holds ids alone, and
 * each handler finds nothing under ids that do not belong together.
 *
 * Done at every start, since a new version of the queue may bring new tables. One implicit
 * transaction behind a lock: two servers that grant at once would fail on the same rows.
 */
export async function admitAppRole(database: Db): Promise<void> {
  await database.executeSql(`
    SELECT pg_advisory_xact_lock(${grantLock});
    GRANT USAGE ON SCHEMA ${jobSchema} TO ${appRole};
    GRANT SELECT ON ${jobSchema}.queue TO ${appRole};
    GRANT INSERT, SELECT (id) ON ${jobSchema}.job, ${jobSchema}.job_common TO ${appRole};
  `);
}
