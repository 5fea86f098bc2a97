/** What can be done to finished runs. A deleted one is kept in hand until its undo has passed. */
import type { Run } from '#core/collections/run.ts';
import type { Database, RunArrays } from '#workers/store/database.ts';
import { writeChanges, writing, type Change } from '#workers/store/writing.ts';

export interface DeletedRuns {
  readonly runs: readonly Run[];
  readonly arrays: readonly RunArrays[];
}

export async function deleteRuns(database: Database, ids: readonly string[]): Promise<DeletedRuns> {
  const { runs, runArrays } = database;
  return writing({ database, collections: ['runs'], also: [runArrays] }, async (write) => {
    const rows = (await runs.bulkGet([...ids])).filter((row) => row !== undefined);
    const arrays = (await runArrays.bulkGet([...ids])).filter((row) => row !== undefined);
    await write(ids.map((id) => ({ kind: 'remove', collection: 'runs', id }) as const));
    await runArrays.bulkDelete([...ids]);
    return { runs: rows, arrays };
  });
}

export async function restoreRuns(database: Database, deleted: DeletedRuns): Promise<void> {
  const { runArrays } = database;
  await writing({ database, collections: ['runs'], also: [runArrays] }, async (write) => {
    await write(
      deleted.runs.flatMap((run): Change[] => [
        { kind: 'restore', collection: 'runs', id: run.id },
        { kind: 'put', collection: 'runs', id: run.id, fields: { ...run } },
      ]),
    );
    await runArrays.bulkPut([...deleted.arrays]);
  });
}

export async function renameRun(
  database: Database,
  id: string,
  fields: Pick<Run, 'strategyName' | 'note'>,
): Promise<void> {
  await writeChanges(database, [{ kind: 'put', collection: 'runs', id, fields }]);
}
