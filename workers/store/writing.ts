/**
 * The way for pages and workers to write rows of collections: in one transaction with whatever is
 * looked at before, so that two tabs take turns.
 */
import type { Table, Transaction } from 'dexie';
import type { Loser } from '#workers/replica/replica-store.ts';
import type { Change, WriteOptions, Written } from '#workers/replica/writer.ts';
import type { Database } from './database.ts';

export type { Change, Written } from '#workers/replica/writer.ts';

export type Write = (
  changes: readonly Change[],
  options?: WriteOptions,
) => Promise<readonly Written[]>;

export interface Writing {
  readonly database: Database;
  /** Only rows of `collections`. */
  readonly collections: readonly string[];
  /** Other tables that the work reads or writes. */
  readonly also?: readonly Table[];
}

/**
 * What `work` comes to; when it throws, or aborts the transaction, nothing is written. Inside,
 * nothing but the database may be awaited. Not to be called within a transaction.
 */
export async function writing<T>(
  { database, collections, also = [] }: Writing,
  work: (write: Write, transaction: Transaction) => Promise<T>,
): Promise<T> {
  // Its checks of every collection are nothing that a page needs before something is written.
  const { dexieWriter, tablesOf } = await import('#workers/replica/dexie-writer.ts');
  const writer = dexieWriter(database);
  const tables = [...tablesOf(database, collections), ...also];
  // Only in an async function does Dexie keep its transaction over awaits of the language.
  return database.transaction('rw', tables, async (transaction) =>
    work((changes, options) => writer.write(changes, options), transaction),
  );
}

/** Writes without looking first. */
export function writeChanges(
  database: Database,
  changes: readonly Change[],
  options?: WriteOptions,
): Promise<readonly Written[]> {
  const collections = [...new Set(changes.map(({ collection }) => collection))];
  return writing({ database, collections }, (write) => write(changes, options));
}

/** Writes a value again that another one had replaced, and takes it off the list of those. */
export async function writeBack(
  database: Database,
  loser: Loser & { readonly id: number },
): Promise<void> {
  const { dexieWriter } = await import('#workers/replica/dexie-writer.ts');
  await dexieWriter(database).revert(loser);
  await database.losers.delete(loser.id);
}
