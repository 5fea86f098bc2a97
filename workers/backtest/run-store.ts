/** Finished runs in the trader's database. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { writing } from '#workers/store/writing.ts';
import type { RunRecord } from './run-record.ts';

/** Keeps the row and the arrays, or neither. Errors: `store.full`, `store.unavailable`. */
export async function saveRun(
  database: Database,
  { run, arrays }: RunRecord,
): Promise<Result<null, Failure>> {
  const { runArrays } = database;
  try {
    await writing({ database, collections: ['runs'], also: [runArrays] }, async (write) => {
      await runArrays.put(arrays);
      await write([{ kind: 'put', collection: 'runs', id: run.id, fields: { ...run } }]);
    });
    return ok(null);
  } catch (error) {
    return fail(storeFailure(error));
  }
}
