/** Finished runs in the trader's database. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';
import type { RunRecord } from './run-record.ts';

/** Keeps the row and the arrays, or neither. Errors: `store.full`, `store.unavailable`. */
export async function saveRun(
  database: Database,
  { run, arrays }: RunRecord,
): Promise<Result<null, Failure>> {
  try {
    await database.transaction('rw', database.runs, database.runArrays, async () => {
      await database.runArrays.put(arrays);
      await database.runs.put(run);
    });
    return ok(null);
  } catch (error) {
    return fail(storeFailure(error));
  }
}
