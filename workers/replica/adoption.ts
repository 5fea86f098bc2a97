/** Rows written while the database was nobody's, taken into the account that owns it now. */
import { collectionNamed } from '#core/collections/registry.ts';
import type { Cells } from '#core/sync/fragment.ts';
import { stampOf, type RowState } from '#core/sync/row-state.ts';
import { partsOf } from './local-write.ts';
import { isDirty, openRows, type OpenRow, type OpenRows, type Place } from './open-rows.ts';
import { remembered } from './replica-memory.ts';
import type { ReplicaStore, ReplicaTx } from './replica-store.ts';
import { rowPages } from './row-pages.ts';
import { stamperOf, type Chance, type Stamper } from './stamping.ts';
import { isLocal } from './writer.ts';

export interface Adoption {
  /** Adopts at most so many rows; says how many. 0 = there are none left. */
  adopt(most: number): Promise<number>;
}

export function adoption({
  store,
  ...chance
}: Chance & { readonly store: ReplicaStore }): Adoption {
  /** Found by one look through all rows, then taken from. */
  let found: Place[] = [];
  return {
    async adopt(most) {
      if (found.length === 0) found = await lookForUnstamped(store);
      if (found.length === 0) return 0;
      return store.transact('all', async (tx) => {
        const places = found.splice(0, most);
        const rows = await openRows(tx, places);
        const stamper = await stamperOf(tx, chance);
        for (const place of places) adoptRow(rows, rows.at(place), stamper);
        await rows.save();
        await stamper.save();
        return places.length;
      });
    },
  };
}

/** None: there are none, and nobody looks again before such a row is written. */
async function lookForUnstamped(store: ReplicaStore): Promise<Place[]> {
  for (;;) {
    const collections = await store.transact('all', async (tx) => {
      if ((await remembered(tx, 'adopted')) === true) return null;
      await tx.putMeta('adopted', 'looking');
      return tx.collections();
    });
    if (!collections) return [];
    const found: Place[] = [];
    for (const collection of collections) {
      for await (const places of rowPages(store, collection, async (_, rows) =>
        unstampedOf(collection, rows),
      )) {
        found.push(...places);
      }
    }
    if (found.length > 0 || (await store.transact([], isLookedThrough))) return found;
  }
}

/** False where such a row was written while they were looked for. */
async function isLookedThrough(tx: ReplicaTx): Promise<boolean> {
  if (!(await remembered(tx, 'adopted'))) return false;
  await tx.putMeta('adopted', true);
  return true;
}

function unstampedOf(collection: string, rows: readonly RowState[]): Place[] {
  const shared = rows.filter(({ id }) => !isLocal(collectionNamed(collection), id));
  return shared
    .filter((row) => unstampedCells(row).length > 0)
    .map(({ id }) => ({ collection, row: id }));
}

function unstampedCells(row: RowState): string[] {
  return Object.keys(row.cells).filter((cell) => stampOf(row, cell) === '');
}

function adoptRow(rows: OpenRows, row: OpenRow, stamper: Stamper): void {
  const { state, collection } = row;
  if (!state) return;
  const cells: Record<string, Cells[string]> = {};
  for (const cell of unstampedCells(state)) {
    if (!isDirty(row, cell)) cells[cell] = state.cells[cell]!;
  }
  if (Object.keys(cells).length === 0) return;
  const hlc = stamper.next();
  if (state.base === '') state.base = hlc;
  for (const cell of Object.keys(cells)) {
    if (state.base === hlc) Reflect.deleteProperty(state.stamps, cell);
    else state.stamps[cell] = hlc;
    row.shadow[cell] = null;
  }
  const schemaVersion = collectionNamed(collection)?.schemaVersion ?? 1;
  for (const part of partsOf(cells)) {
    rows.wait(row, { collection, row: row.row, hlc, cells: part, schemaVersion });
  }
  row.isTouched = true;
}
