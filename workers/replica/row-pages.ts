/** All rows of a collection, a page of them in a transaction, so that who writes never waits long. */
import type { RowState } from '#core/sync/row-state.ts';
import type { ReplicaStore, ReplicaTx } from './replica-store.ts';

export const PAGE_ROWS = 500;

/**
 * What `read` makes of each page, in the order of ids. A row that is there all the while is in one
 * page; one that comes meanwhile may be in none.
 */
export async function* rowPages<T>(
  store: ReplicaStore,
  collection: string,
  read: (tx: ReplicaTx, rows: readonly RowState[]) => Promise<T>,
): AsyncGenerator<T> {
  for (let after: string | null | undefined = null; after !== undefined;) {
    const from: string | null = after;
    const page = await store.transact([collection], async (tx) => {
      const rows = await tx.rowsAfter(collection, from, PAGE_ROWS);
      const last = rows.length < PAGE_ROWS ? undefined : rows.at(-1)?.id;
      return { last, made: await read(tx, rows) };
    });
    yield page.made;
    after = page.last;
  }
}
