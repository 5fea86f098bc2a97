/** What a local write does to a row and to the changes of it that wait. */
import { bytesOfJson, DELETED, type Cells, type Json } from '#core/sync/fragment.ts';
import type { Hlc } from '#core/sync/hlc.ts';
import { dropCell, newRow, setCell } from '#core/sync/row-state.ts';
import { keepShadow, settleCell, type OpenRow, type OpenRows } from './open-rows.ts';
import type { NewOutboxEntry } from './replica-store.ts';

/** A cell as it was written, and what it replaced. */
export interface Written {
  readonly collection: string;
  readonly id: string;
  readonly cell: string;
  readonly hlc: Hlc;
  readonly value: Json;
  /** Undefined where the row had no such cell. */
  readonly before: Json | undefined;
  readonly isNewRow: boolean;
}

export interface LocalWrite {
  readonly cells: Cells;
  readonly covers?: readonly string[];
  readonly hlc: Hlc;
  readonly schemaVersion: number;
  readonly groupId?: string;
  /** False: it stays on this device, without a stamp. */
  readonly isShared: boolean;
  /** Numbers of the changes that are on their way. */
  readonly inFlight: ReadonlySet<number>;
}

export function writeCells(rows: OpenRows, row: OpenRow, write: LocalWrite): Written[] {
  const { cells, covers = [], hlc, isShared } = write;
  const isNewRow = !row.state;
  const written = Object.entries(cells).map(([cell, value]) => ({
    collection: row.collection,
    id: row.row,
    cell,
    value,
    hlc: isShared ? hlc : '',
    before: row.state?.cells[cell],
    isNewRow,
  }));
  row.isTouched = true;
  if (!isShared) {
    row.state ??= newRow(row.row, '');
    for (const cell of covers) dropCell(row.state, cell);
    for (const [cell, value] of Object.entries(cells)) setCell(row.state, cell, value, '');
    return written;
  }
  row.state ??= newRow(row.row, hlc);
  const touched = [...Object.keys(cells), ...covers];
  for (const cell of touched) keepShadow(row, cell);
  const inherited = leaveOut(rows, row, write);
  const isSent = (cell: string) =>
    row.shadow[cell] || row.waiting.some(({ entry }) => Object.hasOwn(entry.cells, cell));
  // What the server was never given it need not drop.
  const told = [...new Set([...covers, ...inherited])].filter(isSent);
  for (const part of partsOf(cells)) rows.wait(row, entryOf(row, { ...write, covers: told }, part));
  for (const cell of [...touched, ...inherited]) settleCell(row, cell);
  return written;
}

function entryOf(
  { collection, row }: OpenRow,
  { hlc, covers, schemaVersion, groupId }: LocalWrite,
  cells: Cells,
): NewOutboxEntry {
  return {
    collection,
    row,
    hlc,
    cells,
    schemaVersion,
    ...(groupId !== undefined && { groupId }),
    ...(covers && covers.length > 0 && { covers }),
  };
}

/**
 * Takes what is written over out of changes that wait and were not sent; what goes as a group goes
 * whole. Answers what those that went away would have covered.
 */
function leaveOut(
  rows: OpenRows,
  row: OpenRow,
  { cells, covers = [], inFlight }: LocalWrite,
): readonly string[] {
  const isOver = (cell: string) => Object.hasOwn(cells, cell) || covers.includes(cell);
  const inherited: string[] = [];
  for (const waiting of row.waiting) {
    const { lsn, entry } = waiting;
    if ((lsn !== null && inFlight.has(lsn)) || entry.groupId !== undefined) continue;
    const left = Object.entries(entry.cells).filter(([cell]) => !isOver(cell));
    if (left.length === Object.keys(entry.cells).length) continue;
    if (left.length === 0) {
      if (covers.length + inherited.length + (entry.covers?.length ?? 0) > mostCovers) continue;
      inherited.push(...(entry.covers ?? []));
      rows.forget(row, waiting);
    } else rows.replace(row, waiting, { ...entry, cells: Object.fromEntries(left) });
  }
  return inherited;
}

/** Of `fragment.ts`. */
const mostCovers = 1_000;

/** Below what a change may take on the wire, with room for sealing. */
const mostPartBytes = 40_000;
/** A larger value leaves in chunks, and its place takes little. */
const largeBytes = 32_768;
const placeBytes = 300;

/** Cells in as many changes of one stamp as their size asks for: those unite again. */
export function partsOf(cells: Cells): readonly Cells[] {
  const parts: Record<string, Json>[] = [{}];
  let bytes = 0;
  for (const [cell, value] of Object.entries(cells)) {
    const own = cell.length + 8 + sizeOf(cell, value);
    if (bytes > 0 && bytes + own > mostPartBytes) {
      parts.push({});
      bytes = 0;
    }
    parts.at(-1)![cell] = value;
    bytes += own;
  }
  return parts;
}

function sizeOf(cell: string, value: Json): number {
  if (cell === DELETED || typeof value === 'number' || typeof value === 'boolean') return 24;
  const bytes = bytesOfJson(value);
  return bytes > largeBytes ? placeBytes : bytes;
}
