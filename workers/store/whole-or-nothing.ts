/** One transaction over the list of series and a table of their prices: all of it, or nothing. */
import type { Table } from 'dexie';
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from './database.ts';
import { storeFailure } from './failure.ts';
import { notePriceFile } from './price-files.ts';
import { writing } from './writing.ts';

/**
 * What `write` comes to; its failure takes back all that it wrote. Two tabs that do this at once
 * take turns, a closed tab leaves nothing. The account's other devices learn of the series.
 *
 * Errors also: `store.full`, `store.unavailable`.
 */
export async function wholeOrNothing<T extends { readonly series: PriceSeries }>(
  database: Database,
  prices: Database['chunks'] | Database['tickChunks'],
  merge: () => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  let failure: Failure | null = null;
  const also: Table[] = [database.series, prices as Table];
  try {
    return await writing(
      { database, collections: ['priceFiles'], also },
      async (write, transaction) => {
        const merged = await merge();
        if (merged.ok) {
          await notePriceFile(database, write, merged.value.series);
          return ok(merged.value);
        }
        failure = merged.error;
        transaction.abort();
        return merged;
      },
    );
  } catch (error) {
    return fail(failure ?? storeFailure(error));
  }
}
