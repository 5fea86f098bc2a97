/** The replica's storage on IndexedDB: rows in the tables that pages read, the rest beside them. */
import type { Table } from 'dexie';
import { collections } from '#core/collections/registry.ts';
import { isShown } from '#core/sync/row-projection.ts';
import type { Database } from '#workers/store/database.ts';
import { outboxOf } from './dexie-outbox.ts';
import { hiddenOf, rowsOf, stateOfHidden, type Later } from './dexie-rows.ts';
import type { MetaKey, ReplicaMeta, ReplicaStore, ReplicaTx } from './replica-store.ts';

type Place = { readonly collection: string; readonly row: string };

export function dexieStore(database: Database): ReplicaStore {
  return {
    transact: (names, work) =>
      // Only in an async function does Dexie keep its transaction over awaits of the language.
      database.transaction('rw', tablesOf(database, names), async (transaction) => {
        const writes: PromiseLike<unknown>[] = [];
        const ends: PromiseLike<unknown>[] = [];
        const later: Later = (write) => {
          writes.push(write);
          ends.push(write.then(undefined, () => undefined));
        };
        const tx: ReplicaTx = {
          ...rowsOf(database, transaction, later),
          ...outboxOf(database, transaction, later),
          ...shadowsOf(database, later),
          ...metaOf(database, later),
        };
        try {
          const result = await work(tx);
          await Promise.all(writes);
          return result;
        } catch (error) {
          // Undone while they are under way each would be told as a failure of its own.
          await Promise.all(ends);
          throw error;
        }
      }),
  };
}

/** Every table that a write to rows of these collections touches. */
export function tablesOf(database: Database, names: readonly string[] | 'all'): Table[] {
  const { hiddenRows, outbox, shadows, replicaMeta, losers, shelf } = database;
  const known = collections.filter(({ name }) => names === 'all' || names.includes(name));
  const own = known.map(({ name }) => database.table(name));
  return [...own, hiddenRows, outbox, shadows, replicaMeta, losers, shelf] as Table[];
}

function shadowsOf({ shadows }: Database, later: Later): Pick<ReplicaTx, 'shadows' | 'putShadows'> {
  return {
    async shadows(places) {
      if (places.length === 0) return [];
      const count = await shadows.count();
      if (count > places.length) return shadows.bulkGet(places.map(keyOf));
      const all = await shadows.toArray();
      const found = new Map(all.map((each) => [JSON.stringify(keyOf(each)), each]));
      return places.map((place) => found.get(JSON.stringify(keyOf(place))));
    },
    async putShadows(rows) {
      const isEmpty = ({ cells }: (typeof rows)[number]) => Object.keys(cells).length === 0;
      const gone = rows.filter(isEmpty).map(keyOf);
      const kept = rows.filter((row) => !isEmpty(row));
      if (gone.length > 0) later(shadows.bulkDelete(gone));
      if (kept.length > 0) later(shadows.bulkPut(kept));
    },
  };
}

function metaOf(
  { replicaMeta, losers, shelf }: Database,
  later: Later,
): Pick<ReplicaTx, 'meta' | 'putMeta' | 'addLosers' | 'shelve'> {
  const known = new Map<string, unknown>();
  let reading: PromiseLike<void> | null = null;
  return {
    async meta<K extends MetaKey>(key: K) {
      // A transaction asks for several of them, one after another: all are read at once.
      reading ??= replicaMeta.toArray().then((rows) => {
        for (const row of rows) if (!known.has(row.key)) known.set(row.key, row.value);
      });
      await reading;
      return known.get(key) as ReplicaMeta[K] | undefined;
    },
    async putMeta(key, value) {
      known.set(key, value);
      later(replicaMeta.put({ key, value }));
    },
    async addLosers(each) {
      if (each.length > 0) later((losers as Table).bulkAdd([...each]));
    },
    async shelve(ops) {
      if (ops.length > 0) later((shelf as Table).bulkAdd([...ops]));
    },
  };
}

function keyOf({ collection, row }: Place): [collection: string, row: string] {
  return [collection, row];
}

/** Brings rows into sight that an earlier version of the app did not know how to show. */
export function surfaceRows(database: Database): Promise<void> {
  return dexieStore(database).transact('all', async (tx) => {
    for (const collection of collections) {
      const { name } = collection;
      const hidden = await hiddenOf(database, name).toArray();
      const shown = hidden.filter((row) => isShown(collection, row));
      if (shown.length > 0) await tx.putRows(name, shown.map(stateOfHidden));
    }
  });
}
