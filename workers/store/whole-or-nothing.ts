/** One transaction over the list of series and a table of their prices: all of it, or nothing. */
import type { Table } from 'dexie';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from './database.ts';
import { storeFailure } from './failure.ts';

/**
 * What `write` comes to; its failure takes back all that it wrote. Two tabs that do this at once
 * take turns, a closed tab leaves nothing.
 *
 * Errors also: `store.full`, `store.unavailable`.
 */
export async function wholeOrNothing<T>(
  database: Database,
  prices: Database['chunks'] | Database['tickChunks'],
  write: () => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  let failure: Failure | null = null;
  try {
    const tables: Table[] = [database.series, prices as Table];
    return await database.transaction('rw', tables, async (transaction) => {
      const written = await write();
      if (written.ok) return ok(written.value);
      failure = written.error;
      transaction.abort();
      return written;
    });
  } catch (error) {
    return fail(failure ?? storeFailure(error));
  }
}
