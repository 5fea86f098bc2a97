/** Searches in the trader's database: the row, and what its batches came to apart. */
import type { Failure } from '#core/errors.ts';
import type { TrialColumns } from '#core/optimise/measures.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';

/**
 * Keeps a batch; one that is there already is the same and stays. A search deleted meanwhile
 * takes no more. Errors: `store.full`, `store.unavailable`, `store.not-found`.
 */
export async function saveBatch(
  database: Database,
  sweepId: string,
  batch: number,
  columns: TrialColumns,
): Promise<Result<null, Failure>> {
  const { sweeps, sweepBatches } = database;
  try {
    return await database.transaction('rw', sweeps, sweepBatches, async () => {
      if ((await sweeps.get(sweepId)) === undefined) return notFound(sweepId);
      await sweepBatches.put({ sweepId, batch, ...columns });
      return ok(null);
    });
  } catch (error) {
    return fail(storeFailure(error));
  }
}

function notFound(sweepId: string): Result<never, Failure> {
  return fail({ code: 'store.not-found', detail: `The search ${sweepId} is not stored here.` });
}
