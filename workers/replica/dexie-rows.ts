/**
 * Rows of collections in IndexedDB: those that pages show in a table of the collection's name,
 * all others in `hiddenRows`. A row lies in one of the two; one that is deleted and has no stamp
 * lies in neither.
 */
import { Dexie, type Table, type Transaction } from 'dexie';
import type { Collection } from '#core/collections/collection.ts';
import { collectionNamed, collections } from '#core/collections/registry.ts';
import { DELETED } from '#core/sync/fragment.ts';
import { isShown } from '#core/sync/row-projection.ts';
import type { RowState } from '#core/sync/row-state.ts';
import type { Database, HiddenRow } from '#workers/store/database.ts';
import type { RowRecord } from '#workers/store/record-projection.ts';
import { recordOf, stateOf } from '#workers/store/row-record.ts';
import type { ReplicaTx } from './replica-store.ts';

/** Takes a write that nobody waits for until its transaction ends: what is read sees it. */
export type Later = (write: PromiseLike<unknown>) => void;

export function rowsOf(
  database: Database,
  transaction: Transaction,
  later: Later,
): Pick<ReplicaTx, 'rows' | 'putRows' | 'rowsAfter' | 'collections'> {
  const { hiddenRows } = database;

  async function rows(name: string, ids: readonly string[]): Promise<(RowState | undefined)[]> {
    const collection = collectionNamed(name);
    const found = collection
      ? await shownRows(database, transaction, collection, ids)
      : ids.map(() => undefined);
    const missing = ids.filter((_, i) => !found[i]);
    if (missing.length === 0 || (await countHidden(name)) === 0) return found;
    const hidden = await hiddenRows.bulkGet(missing.map((id) => [name, id] as [string, string]));
    const byId = new Map(hidden.flatMap((row) => (row ? [[row.id, stateOfHidden(row)]] : [])));
    return found.map((row, i) => row ?? byId.get(ids[i]!));
  }

  const countHidden = (name: string) => hiddenOf(database, name).count();

  async function putRows(name: string, states: readonly RowState[]): Promise<void> {
    const collection = collectionNamed(name);
    const shown = collection ? states.filter((row) => isShown(collection, row)) : [];
    const others = new Set(states);
    for (const row of shown) others.delete(row);
    const hidden = [...others];
    if (collection && shown.length > 0) {
      const table = database.table<RowRecord>(name);
      later(table.bulkPut(shown.map((row) => recordOf(collection.key, row))));
      // Whether there are any takes longer to learn than to delete a few.
      if (shown.length <= 10 || (await countHidden(name)) > 0) {
        later(hiddenRows.bulkDelete(shown.map(({ id }) => [name, id] as [string, string])));
      }
    }
    if (hidden.length === 0) return;
    const kept = hidden.filter((row) => !isForgotten(row));
    later(hiddenRows.bulkPut(kept.map((row) => ({ ...row, collection: name }))));
    if (collection) later(database.table(name).bulkDelete(hidden.map(({ id }) => id)));
  }

  async function rowsAfter(name: string, after: string | null, most: number): Promise<RowState[]> {
    const collection = collectionNamed(name);
    const shown = collection ? await shownAfter(database, collection, after, most) : [];
    // The first of both are among the first of each.
    const hidden = await hiddenOf(database, name, after).limit(most).toArray();
    if (hidden.length === 0) return shown;
    return [...shown, ...hidden.map(stateOfHidden)].sort(byId).slice(0, most);
  }

  async function present(): Promise<readonly string[]> {
    const names: string[] = [];
    for (const { name } of collections) {
      if ((await database.table(name).count()) > 0) names.push(name);
    }
    let next = await hiddenRows.orderBy(':id').first();
    while (next) {
      names.push(next.collection);
      const after: [unknown, unknown] = [next.collection, Dexie.maxKey];
      next = await hiddenRows.where(':id').above(after).first();
    }
    return [...new Set(names)];
  }

  return { rows, putRows, rowsAfter, collections: present };
}

async function shownAfter(
  database: Database,
  { name, key }: Collection,
  after: string | null,
  most: number,
): Promise<RowState[]> {
  const range = database
    .table<RowRecord>(name)
    .where(':id')
    .above(after ?? Dexie.minKey);
  const page = await range.limit(most).raw().toArray();
  return page.map((record) => stateOf(name, key, record));
}

/** As IndexedDB orders texts. */
function byId(one: RowState, other: RowState): number {
  return one.id < other.id ? -1 : 1;
}

/** As they lie there, past the hook that makes rows for pages of them. */
async function shownRows(
  database: Database,
  { idbtrans }: Transaction,
  { name, key }: Collection,
  ids: readonly string[],
): Promise<(RowState | undefined)[]> {
  const { core }: Table = database.table(name);
  const trans = idbtrans as Parameters<typeof core.getMany>[0]['trans'];
  const records: (RowRecord | undefined)[] = await Dexie.Promise.resolve(
    core.getMany({ trans, keys: [...ids] }),
  );
  return records.map((record) => record && stateOf(name, key, record));
}

/** A row that was deleted before anybody else could know of it. */
function isForgotten({ cells, base, stamps }: RowState): boolean {
  return cells[DELETED] === 1 && base === '' && Object.keys(stamps).length === 0;
}

export function hiddenOf({ hiddenRows }: Database, name: string, after: string | null = null) {
  const from: [unknown, unknown] = [name, after ?? Dexie.minKey];
  return hiddenRows.where(':id').between(from, [name, Dexie.maxKey], false);
}

export function stateOfHidden({ id, cells, base, stamps }: HiddenRow): RowState {
  return { id, cells, base, stamps };
}
