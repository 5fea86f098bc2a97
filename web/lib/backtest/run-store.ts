/** What can be done to finished runs. A deleted one is kept in hand until its undo has passed. */
import type { Run } from '#core/collections/run.ts';
import type { Database, RunArrays } from '#workers/store/database.ts';

export interface DeletedRuns {
  readonly runs: readonly Run[];
  readonly arrays: readonly RunArrays[];
}

export async function deleteRuns(database: Database, ids: readonly string[]): Promise<DeletedRuns> {
  const { runs, runArrays } = database;
  return database.transaction('rw', runs, runArrays, async () => {
    const rows = (await runs.bulkGet([...ids])).filter((row) => row !== undefined);
    const arrays = (await runArrays.bulkGet([...ids])).filter((row) => row !== undefined);
    await runs.bulkDelete([...ids]);
    await runArrays.bulkDelete([...ids]);
    return { runs: rows, arrays };
  });
}

export async function restoreRuns(database: Database, deleted: DeletedRuns): Promise<void> {
  const { runs, runArrays } = database;
  await database.transaction('rw', runs, runArrays, async () => {
    await runs.bulkPut([...deleted.runs]);
    await runArrays.bulkPut([...deleted.arrays]);
  });
}
