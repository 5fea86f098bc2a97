/** The rows of this device by their sealed names, looked up in its store when one is not known yet. */
import type { RowState } from '#core/sync/row-state.ts';
import type { ReplicaStore } from '../replica-store.ts';
import { rowPages } from '../row-pages.ts';
import type { KnownRows } from './key-cipher.ts';
import type { Names } from './names.ts';

export interface StoredRows extends KnownRows {
  /** Learns all rows of a collection that are stored now. */
  refresh(collection: string): Promise<void>;
}

export function storedRows(store: ReplicaStore, names: Pick<Names, 'row'>): StoredRows {
  const known = new Map<string, Map<string, string>>();
  const of = (collection: string) => {
    const rows = known.get(collection) ?? new Map<string, string>();
    known.set(collection, rows);
    return rows;
  };
  return {
    rowOf: (collection, sealed) => of(collection).get(sealed),
    learn: (collection, sealed, row) => void of(collection).set(sealed, row),
    async refresh(collection) {
      const rows = of(collection);
      const ids = async (_: unknown, page: readonly RowState[]) => page.map(({ id }) => id);
      for await (const page of rowPages(store, collection, ids)) {
        for (const id of page) rows.set(names.row(collection, id), id);
      }
    },
  };
}
