/**
 * What the server is known to have of this replica's rows, and the sums over it: of cells that wait,
 * their shadows.
 */
import { collectionNamed } from '#core/collections/registry.ts';
import { addCell, bucketOf, BUCKETS, emptyDigest, type Digest } from '#core/sync/digest.ts';
import type { Json } from '#core/sync/fragment.ts';
import type { Hlc } from '#core/sync/hlc.ts';
import { stampOf, type RowState } from '#core/sync/row-state.ts';
import type { ReplicaStore, ReplicaTx, ShadowRow } from './replica-store.ts';
import { PAGE_ROWS, rowPages } from './row-pages.ts';
import type { Sealer } from './sealing/sealer.ts';
import { isLocal } from './writer.ts';

export interface Settled {
  readonly value: Json;
  readonly hlc: Hlc;
}

export function settledCells(
  row: RowState,
  shadow: ShadowRow['cells'] | undefined,
): readonly (readonly [cell: string, Settled])[] {
  const settled: [string, Settled][] = [];
  for (const cell in row.cells) {
    const hlc = stampOf(row, cell)!;
    const isWaiting = shadow && Object.hasOwn(shadow, cell);
    if (!isWaiting && hlc !== '') settled.push([cell, { value: row.cells[cell]!, hlc }]);
  }
  for (const cell in shadow) {
    const before = shadow[cell];
    if (before && before.hlc !== '') settled.push([cell, before]);
  }
  return settled;
}

interface SettledRow {
  readonly id: string;
  readonly cells: ReturnType<typeof settledCells>;
}

async function settledRows(
  tx: ReplicaTx,
  collection: string,
  rows: readonly RowState[],
): Promise<readonly SettledRow[]> {
  const shared = rows.filter(({ id }) => !isLocal(collectionNamed(collection), id));
  const shadows = await tx.shadows(shared.map(({ id }) => ({ collection, row: id })));
  return shared.map((row, i) => ({ id: row.id, cells: settledCells(row, shadows[i]?.cells) }));
}

export interface Summary {
  readonly digest: Digest;
  /** The ids of the rows of each bucket. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * A row that changes while others are read is summed as it was or as it is: its bucket may seem to
 * differ, and is then found not to.
 */
export async function sumUp(
  store: ReplicaStore,
  collection: string,
  names: Pick<Sealer, 'idOf' | 'cellOf'>,
): Promise<Summary> {
  const digest = emptyDigest();
  const rows = Array.from({ length: BUCKETS }, (): string[] => []);
  for await (const page of rowPages(store, collection, (tx, some) =>
    settledRows(tx, collection, some),
  )) {
    for (const { id, cells } of page) {
      const name = names.idOf(collection, id);
      rows[bucketOf(name)]!.push(id);
      for (const [cell, { hlc }] of cells) addCell(digest, name, names.cellOf(id, cell), hlc);
    }
  }
  return { digest, rows };
}

/** False where nothing here was ever on a server; of many rows that is not asked. */
export async function mayHoldSettled(tx: ReplicaTx): Promise<boolean> {
  for (const collection of await tx.collections()) {
    const rows = await tx.rowsAfter(collection, null, PAGE_ROWS);
    if (rows.length === PAGE_ROWS) return true;
    const settled = await settledRows(tx, collection, rows);
    if (settled.some(({ cells }) => cells.length > 0)) return true;
  }
  return false;
}
