/**
 * Rows at work in one transaction, with what is not acknowledged of them.
 *
 * Everywhere it holds that a cell is the later of its shadow and the changes that wait, and that it
 * is not there when a waiting change covers it. A cell that no change waits for has no shadow.
 */
import type { Json } from '#core/sync/fragment.ts';
import type { Hlc } from '#core/sync/hlc.ts';
import { isEqual } from '#core/sync/row-projection.ts';
import { dropCell, newRow, setCell, stampOf, type RowState } from '#core/sync/row-state.ts';
import type { NewOutboxEntry, OutboxEntry, ReplicaTx, ShadowRow } from './replica-store.ts';

export interface Place {
  readonly collection: string;
  readonly row: string;
}

/** A change that waits; one that this transaction makes has no number yet. */
export interface Waiting {
  lsn: number | null;
  entry: NewOutboxEntry;
  isChanged: boolean;
}

export interface OpenRow extends Place {
  /** Undefined where there is none. */
  state: RowState | undefined;
  readonly shadow: Record<string, { readonly value: Json; readonly hlc: Hlc } | null>;
  waiting: Waiting[];
  isTouched: boolean;
}

export interface OpenRows {
  readonly all: readonly OpenRow[];
  at(place: Place): OpenRow;
  /** Adds a change that waits; the caller settles its cells. */
  wait(row: OpenRow, entry: NewOutboxEntry): void;
  replace(row: OpenRow, waiting: Waiting, entry: NewOutboxEntry): void;
  /** Takes a change away; the caller settles its cells. */
  forget(row: OpenRow, waiting: Waiting): void;
  save(): Promise<void>;
}

const nameOf = ({ collection, row }: Place) => `${collection} ${row}`;

export async function openRows(tx: ReplicaTx, places: readonly Place[]): Promise<OpenRows> {
  const rows = new Map<string, OpenRow>();
  const had = new Set<string>();
  const forgotten: number[] = [];
  for (const { collection, row } of places) {
    const open = { collection, row, state: undefined, shadow: {}, waiting: [], isTouched: false };
    rows.set(nameOf(open), open);
  }
  const all: OpenRow[] = [...rows.values()];
  const [entries] = await Promise.all([tx.outboxOf(all), readStates(tx, all)]);
  if (entries.length > 0) {
    for (const entry of entries) {
      const { lsn, ...rest } = entry;
      rows.get(nameOf(entry))?.waiting.push({ lsn, entry: rest, isChanged: false });
    }
    const dirty = all.filter(({ waiting }) => waiting.length > 0);
    const shadows = await tx.shadows(dirty);
    dirty.forEach((row, i) => Object.assign(row.shadow, shadows[i]?.cells));
    dirty.forEach((row) => had.add(nameOf(row)));
  }

  return {
    all,
    at(place) {
      const found = rows.get(nameOf(place));
      if (!found) throw new Error(`Broken promise: ${nameOf(place)} was opened`);
      return found;
    },
    wait(row, entry) {
      row.waiting.push({ lsn: null, entry, isChanged: true });
    },
    replace(row, waiting, entry) {
      waiting.entry = entry;
      waiting.isChanged = true;
      row.isTouched = true;
    },
    forget(row, waiting) {
      row.waiting = row.waiting.filter((each) => each !== waiting);
      if (waiting.lsn !== null) forgotten.push(waiting.lsn);
    },
    async save() {
      for (const [collection, touched] of byCollection(all.filter((row) => row.isTouched))) {
        await tx.putRows(
          collection,
          touched.flatMap(({ state }) => (state ? [state] : [])),
        );
      }
      const shadows = all.filter((row) => had.has(nameOf(row)) || row.waiting.length > 0);
      if (shadows.length > 0) await tx.putShadows(shadows.map(shadowRow));
      await saveWaiting(tx, all);
      if (forgotten.length > 0) await tx.deleteFromOutbox(forgotten);
    },
  };
}

async function readStates(tx: ReplicaTx, rows: readonly OpenRow[]): Promise<void> {
  for (const [collection, some] of byCollection(rows)) {
    const states = await tx.rows(
      collection,
      some.map(({ row }) => row),
    );
    some.forEach((row, i) => (row.state = states[i]));
  }
}

async function saveWaiting(tx: ReplicaTx, rows: readonly OpenRow[]): Promise<void> {
  const changed = rows.flatMap(({ waiting }) => waiting).filter((each) => each.isChanged);
  const fresh = changed.filter(({ lsn }) => lsn === null).map(({ entry }) => entry);
  const kept: OutboxEntry[] = [];
  for (const { lsn, entry } of changed) if (lsn !== null) kept.push({ ...entry, lsn });
  if (fresh.length > 0) await tx.addToOutbox(fresh);
  if (kept.length > 0) await tx.putOutbox(kept);
}

function shadowRow({ collection, row, shadow }: OpenRow): ShadowRow {
  return { collection, row, cells: { ...shadow } };
}

function byCollection<T extends { readonly collection: string }>(
  each: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of each) {
    const group = groups.get(one.collection);
    if (group) group.push(one);
    else groups.set(one.collection, [one]);
  }
  return groups;
}

/** True for a cell that a change waits for. */
export function isDirty({ shadow }: OpenRow, cell: string): boolean {
  return Object.hasOwn(shadow, cell);
}

/** Before a change of the cell is made to wait: keeps what is there. */
export function keepShadow(row: OpenRow, cell: string): void {
  if (isDirty(row, cell)) return;
  const hlc = row.state && stampOf(row.state, cell);
  row.shadow[cell] = row.state && hlc !== undefined ? { value: row.state.cells[cell]!, hlc } : null;
}

/** Makes the cell what its shadow and the waiting changes say. */
export function settleCell(row: OpenRow, cell: string): void {
  if (!isDirty(row, cell)) return;
  let best = row.shadow[cell] ?? null;
  let isWaiting = false;
  let isCovered = false;
  for (const { entry } of row.waiting) {
    if (entry.covers?.includes(cell)) isCovered = true;
    if (!Object.hasOwn(entry.cells, cell)) continue;
    isWaiting = true;
    if (!best || entry.hlc > best.hlc) best = { value: entry.cells[cell]!, hlc: entry.hlc };
  }
  if (!isWaiting && !isCovered) Reflect.deleteProperty(row.shadow, cell);
  if (best && !isCovered) settleAs(row, cell, best);
  else if (row.state) {
    dropCell(row.state, cell);
    row.isTouched = true;
  }
}

/** A row that is so already is not written again: whoever watches it would read it anew. */
function settleAs(
  row: OpenRow,
  cell: string,
  { value, hlc }: { readonly value: Json; readonly hlc: Hlc },
): void {
  const { state } = row;
  if (state && stampOf(state, cell) === hlc && isEqual(state.cells[cell], value)) return;
  row.state ??= newRow(row.row, hlc);
  setCell(row.state, cell, value, hlc);
  row.isTouched = true;
}

/** The server took a value of a cell: it is what the server has, unless that is known to be later. */
export function raiseShadow(row: OpenRow, cell: string, value: Json, hlc: Hlc): void {
  const known = row.shadow[cell];
  if (!known || hlc > known.hlc) row.shadow[cell] = { value, hlc };
}

export function cellsOfEntry({ cells, covers }: NewOutboxEntry): readonly string[] {
  return covers ? [...Object.keys(cells), ...covers] : Object.keys(cells);
}
