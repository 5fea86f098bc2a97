/**
 * What came from the server, merged into the rows: cells that no change waits for at once, others
 * into their shadows. Merging is idempotent, and its order does not matter.
 *
 * Two copies of a profile may have given one stamp to two values, and a server restored from a
 * backup may have taken each in its turn: of such twins the one that the server has counts.
 */
import { partsOfCell } from '#core/collections/collection.ts';
import { collectionNamed } from '#core/collections/registry.ts';
import { DELETED, type Fragment, type Json } from '#core/sync/fragment.ts';
import { msOfHlc, witnessStamp, type Hlc } from '#core/sync/hlc.ts';
import { isEqual } from '#core/sync/row-projection.ts';
import { dropCell, mergeCell, newRow, setCell, stampOf } from '#core/sync/row-state.ts';
import {
  isDirty,
  openRows,
  settleCell,
  type OpenRow,
  type OpenRows,
  type Place,
} from './open-rows.ts';
import type { Loser, ReplicaTx, ShelvedOp } from './replica-store.ts';
import { noTime } from './stamping.ts';

/** How long values that were replaced can be looked at. */
const LOSERS_KEPT_MS = 30 * 86_400_000;

interface Merge {
  readonly rows: OpenRows;
  readonly node: string;
  readonly nowMs: number;
  readonly losers: Loser[];
  readonly shelved: ShelvedOp[];
}

export async function mergeRemote(
  tx: ReplicaTx,
  fragments: readonly Fragment[],
  nowMs: number,
): Promise<OpenRows> {
  const places = new Map<string, Place>();
  let clock = (await tx.meta('clock')) ?? noTime;
  let seen = (await tx.meta('seen')) ?? noTime;
  for (const fragment of fragments) {
    places.set(`${fragment.collection} ${fragment.row}`, fragment);
    clock = witnessStamp(clock, fragment.hlc);
    seen = witnessStamp(seen, fragment.hlc);
  }
  const rows = await openRows(tx, [...places.values()]);
  const node = (await tx.meta('node')) ?? ' ';
  const merge: Merge = { rows, node, nowMs, losers: [], shelved: [] };
  for (const fragment of fragments) mergeOne(merge, rows.at(fragment), fragment);
  await rows.save();
  if (fragments.length > 0) {
    await tx.putMeta('clock', clock);
    await tx.putMeta('seen', seen);
  }
  if (merge.losers.length > 0) await tx.addLosers(merge.losers);
  if (merge.shelved.length > 0) await tx.shelve(merge.shelved);
  return rows;
}

function mergeOne(merge: Merge, row: OpenRow, fragment: Fragment): void {
  const { hlc, cells, covers, purged } = fragment;
  row.state ??= newRow(fragment.row, hlc);
  row.isTouched = true;
  if (purged) purge(merge, row, fragment);
  for (const cell of covers ?? []) if (!Object.hasOwn(cells, cell)) cover(merge, row, cell);
  for (const cell in cells) {
    if (isDirty(row, cell)) mergeDirty(merge, row, cell, cells[cell]!, hlc);
    else mergeClean(merge, row, cell, cells[cell]!, hlc);
  }
}

function mergeClean(merge: Merge, row: OpenRow, cell: string, value: Json, hlc: Hlc): void {
  const state = row.state!;
  const before = stampOf(state, cell);
  if (before === undefined) {
    mergeCell(state, cell, value, hlc);
    return;
  }
  const old = state.cells[cell]!;
  const isTwin = hlc === before && !isEqual(old, value);
  if (isTwin) setCell(state, cell, value, hlc);
  else if (!mergeCell(state, cell, value, hlc)) return;
  const isOurs = before === '' || before.endsWith(merge.node);
  const isFresh = before === '' || msOfHlc(before) > merge.nowMs - LOSERS_KEPT_MS;
  if (!isTwin && !(isOurs && isFresh)) return;
  const concurrent = isTwin || before === '';
  lose(merge, row, { cell, value: old, hlc: before, wonBy: hlc, concurrent }, value);
}

function mergeDirty(merge: Merge, row: OpenRow, cell: string, value: Json, hlc: Hlc): void {
  const shadow = row.shadow[cell];
  if (shadow && hlc < shadow.hlc) return;
  if (shadow && hlc === shadow.hlc && isEqual(shadow.value, value)) return;
  const { state } = row;
  const ours = state && stampOf(state, cell);
  const our = state?.cells[cell];
  row.shadow[cell] = { value, hlc };
  settleCell(row, cell);
  // What this device sent itself comes back to it as well.
  if (ours === undefined || our === undefined) return;
  if (hlc >= ours) {
    lose(merge, row, { cell, value: our, hlc: ours, wonBy: hlc, concurrent: true }, value);
  } else if (!hlc.endsWith(merge.node)) {
    lose(merge, row, { cell, value, hlc, wonBy: ours, concurrent: true }, our);
  }
}

type Lost = Pick<Loser, 'cell' | 'value' | 'hlc' | 'wonBy' | 'concurrent'>;

function lose(merge: Merge, { collection, row }: OpenRow, lost: Lost, winner: Json): void {
  if (lost.cell === DELETED || isEqual(lost.value, winner)) return;
  const rule = collectionNamed(collection)?.fields[partsOfCell(lost.cell).field];
  if (rule?.merge === 'set' || rule?.merge === 'text') return;
  merge.losers.push({ collection, row, ...lost, atMs: merge.nowMs });
}

/**
 * The server dropped it, so nothing of it may come back: neither its shadow nor a change of it. A
 * change that goes so was known there, and what it covers is dropped as well.
 */
function cover({ rows }: Merge, row: OpenRow, cell: string): void {
  const dropped = [cell];
  for (const waiting of row.waiting) {
    if (!Object.hasOwn(waiting.entry.cells, cell)) continue;
    const { [cell]: _, ...cells } = waiting.entry.cells;
    if (Object.keys(cells).length > 0) {
      rows.replace(row, waiting, { ...waiting.entry, cells });
      continue;
    }
    dropped.push(...(waiting.entry.covers ?? []));
    rows.forget(row, waiting);
  }
  for (const each of dropped) {
    if (isDirty(row, each)) {
      row.shadow[each] = null;
      settleCell(row, each);
    } else dropCell(row.state!, each);
  }
  dropCell(row.state!, cell);
}

/** Of a purged row nothing is left; what waits for it would be refused, and is kept aside. */
function purge(merge: Merge, row: OpenRow, { collection, hlc }: Fragment): void {
  for (const waiting of row.waiting) {
    merge.rows.forget(row, waiting);
    const { cells } = waiting.entry;
    merge.shelved.push({ collection, row: row.row, cells, reason: 'gone', atMs: merge.nowMs });
  }
  for (const cell in row.shadow) Reflect.deleteProperty(row.shadow, cell);
  row.state = newRow(row.row, hlc);
}
