/** Whether the server can do its work, and what keeps it from it. */
import type { Database } from '../database/database.ts';

export interface Readiness {
  readonly status: 200 | 503;
  readonly body: {
    readonly ready: boolean;
    readonly reason?: string;
    readonly schemaVersion?: number;
  };
}

/** Asks the database for something only a migrated one can answer. */
export async function readiness(database: Database | null, stopping: boolean): Promise<Readiness> {
  if (stopping) return notReady('The server is stopping.');
  if (!database) return notReady('The database is starting.');
  const answer = await database.installation();
  if (!answer.ok) return notReady(answer.error.detail);
  return { status: 200, body: { ready: true, schemaVersion: database.schemaVersion } };
}

function notReady(reason: string): Readiness {
  return { status: 503, body: { ready: false, reason } };
}
