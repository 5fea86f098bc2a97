/**
 * Marks arrays of a run that were fetched from the account and may be dropped again: a row `run ID`
 * of the table of blobs, which says when they were last looked at.
 */
import type { Database } from './database.ts';

export function markOf(runId: string): string {
  return `run ${runId}`;
}

/** Nothing for arrays that are this device's own. */
export async function noteLooked({ blobs }: Database, runId: string): Promise<void> {
  await blobs.update(markOf(runId), { usedMs: Date.now() });
}
