/**
 * The one way in which rows of synced collections are written on this device.
 *
 * A call is one transaction: rows, the changes that wait to be sent, and what the server last had
 * of the cells they write. In a database that is nobody's, and of rows that mean nothing on other
 * devices, cells get no stamp and nothing waits.
 */
import type { Collection } from '#core/collections/collection.ts';
import { collectionNamed } from '#core/collections/registry.ts';
import { assert } from '#core/assert.ts';
import { DELETED, type Cells, type Json } from '#core/sync/fragment.ts';
import type { Hlc } from '#core/sync/hlc.ts';
import { MOST_PUSH_OPS } from '#core/sync/protocol.ts';
import { cellsToWrite, isEqual } from '#core/sync/row-projection.ts';
import { stampOf } from '#core/sync/row-state.ts';
import { writeCells, type Written } from './local-write.ts';
import { openRows, type OpenRow } from './open-rows.ts';
import type { Loser, ReplicaStore, ReplicaTx } from './replica-store.ts';
import { randomDigits, stamperOf, type Chance } from './stamping.ts';

export type { Written } from './local-write.ts';

export type Change =
  | {
      /** Some or all fields; only cells that differ are written. A deleted row stays deleted. */
      readonly kind: 'put';
      readonly collection: string;
      readonly id: string;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'remove' | 'restore'; readonly collection: string; readonly id: string }
  | {
      /** An update of a text; it holds all of the updates that it `covers`, named by their cells. */
      readonly kind: 'append';
      readonly collection: string;
      readonly id: string;
      readonly field: string;
      readonly value: string;
      readonly covers?: readonly string[];
    };

export interface WriteOptions {
  /** Other devices see all of it at once, where it is not too large for that. */
  readonly group?: boolean;
}

export interface Writer {
  /** What was written, for `undo`. */
  write(changes: readonly Change[], options?: WriteOptions): Promise<readonly Written[]>;
  /** Writes back what was there before, where nothing else was written since. */
  undo(written: readonly Written[]): Promise<void>;
  /** Writes a value again that another one had replaced. */
  revert(loser: Pick<Loser, 'collection' | 'row' | 'cell' | 'value'>): Promise<void>;
}

export interface WriterOptions extends Chance {
  /** False: the database is nobody's yet. */
  isOwned(): Promise<boolean> | boolean;
}

interface CellChange {
  readonly collection: string;
  readonly id: string;
  cellsFor(row: OpenRow, hlc: Hlc): { cells: Cells; covers?: readonly string[] };
}

export function replicaWriter(store: ReplicaStore, options: WriterOptions): Writer {
  async function run(
    changes: readonly CellChange[],
    { group = false }: WriteOptions = {},
  ): Promise<readonly Written[]> {
    if (changes.length === 0) return [];
    const isOwned = await options.isOwned();
    const names = [...new Set(changes.map(({ collection }) => collection))];
    return store.transact(names, (tx) => apply(tx, changes, { ...options, isOwned, group }));
  }
  return {
    write: (changes, how) =>
      run(
        changes.map((change) => cellChange(change, options)),
        how,
      ),
    undo: async (written) => {
      await run(undoing(written));
    },
    revert: async ({ collection, row, cell, value }) => {
      await run([{ collection, id: row, cellsFor: () => ({ cells: { [cell]: value } }) }]);
    },
  };
}

interface Applying extends Chance {
  readonly isOwned: boolean;
  readonly group: boolean;
}

async function apply(
  tx: ReplicaTx,
  changes: readonly CellChange[],
  { isOwned: isKnownAsOwned, group, nowMs, random }: Applying,
): Promise<readonly Written[]> {
  // Somebody may have taken the database as theirs since that was asked.
  const isOwned = isKnownAsOwned || (await tx.outboxCount()) > 0;
  const places = changes.map(({ collection, id }) => ({ collection, row: id }));
  const [stamper, rows, flight] = await Promise.all([
    stamperOf(tx, { nowMs, random }),
    openRows(tx, places),
    isOwned ? tx.meta('flight') : null,
  ]);
  const inFlight: ReadonlySet<number> = new Set(flight?.lsns);
  const written: Written[] = [];
  const groupId = group && isSmall(changes) ? `g${randomDigits(random, 20)}` : undefined;
  let isLeft = false;
  for (const [i, change] of changes.entries()) {
    const row = rows.at(places[i]!);
    for (const cell in row.state?.stamps) stamper.see(row.state!.stamps[cell]!);
    if (row.state?.base) stamper.see(row.state.base);
    const hlc = stamper.next();
    const isShared = isOwned && !isLocal(collectionNamed(change.collection), change.id);
    if (!isShared) isLeft = true;
    const made = change.cellsFor(row, hlc);
    if (Object.keys(made.cells).length === 0 && !made.covers?.length) continue;
    written.push(
      ...writeCells(rows, row, {
        ...made,
        hlc,
        isShared,
        inFlight,
        schemaVersion: collectionNamed(change.collection)?.schemaVersion ?? 1,
        ...(groupId !== undefined && { groupId }),
      }),
    );
  }
  await rows.save();
  await stamper.save();
  if (!isOwned && isLeft && (await tx.meta('adopted'))) await tx.putMeta('adopted', false);
  return written;
}

export function isLocal(collection: Collection | undefined, id: string): boolean {
  return collection?.isLocal?.(id) ?? false;
}

/** A group goes in one push. */
function isSmall(changes: readonly CellChange[]): boolean {
  return changes.length > 1 && changes.length <= MOST_PUSH_OPS / 2;
}

function cellChange(change: Change, { random }: Chance): CellChange {
  const { collection: name, id } = change;
  switch (change.kind) {
    case 'put': {
      const collection = collectionNamed(name);
      assert(collection !== undefined, `${name} is a synced collection`);
      const cellsFor = (row: OpenRow, hlc: Hlc) => ({
        cells: cellsToWrite(collection, row.state, change.fields, hlc),
      });
      return { collection: name, id, cellsFor };
    }
    case 'remove':
    case 'restore': {
      const wanted = change.kind === 'remove' ? 1 : 0;
      const cellsFor = ({ state }: OpenRow): { cells: Cells } => {
        const isDeleted = state?.cells[DELETED] === 1 ? 1 : 0;
        return { cells: !state || isDeleted === wanted ? {} : { [DELETED]: wanted } };
      };
      return { collection: name, id, cellsFor };
    }
    case 'append': {
      const { field, value, covers } = change;
      // Copies of a profile may give the same stamp: no two updates may have one name.
      const cellsFor = (_: OpenRow, hlc: Hlc) => ({
        cells: { [`${field}.${hlc}.${randomDigits(random, 4)}`]: value },
        ...(covers && covers.length > 0 && { covers }),
      });
      return { collection: name, id, cellsFor };
    }
  }
}

/** Where a cell was not there before, its emptiest value: a field cannot be taken away again. */
function undoing(written: readonly Written[]): CellChange[] {
  return written.toReversed().map(({ collection, id, cell, value, hlc, before, isNewRow }) => ({
    collection,
    id,
    cellsFor({ state }): { cells: Cells } {
      const isOurs = state && stampOf(state, cell) === hlc && isEqual(state.cells[cell], value);
      if (!isOurs) return { cells: {} };
      if (isNewRow) return { cells: state.cells[DELETED] === 1 ? {} : { [DELETED]: 1 } };
      const instead = before ?? emptyValue(collectionNamed(collection), cell);
      return { cells: instead === undefined ? {} : { [cell]: instead } };
    },
  }));
}

function emptyValue(collection: Collection | undefined, cell: string): Json | undefined {
  if (cell === DELETED) return 0;
  const merge = collection?.fields[cell.slice(0, cell.indexOf('.'))]?.merge;
  return merge === 'set' ? 0 : merge === 'map' ? null : undefined;
}
