/**
 * A replicated row: each cell keeps the value with the latest stamp.
 *
 * Most cells of a row are written together, so that one base stamp serves all cells that have
 * none of their own.
 */
import type { Json } from './fragment.ts';
import type { Hlc } from './hlc.ts';

/** Changed in place: merging is what a replica does most. */
export interface RowState {
  readonly id: string;
  cells: Record<string, Json>;
  /** Of each cell without a stamp of its own; empty = written before anything was replicated. */
  base: Hlc;
  stamps: Record<string, Hlc>;
}

export function newRow(id: string, base: Hlc): RowState {
  return { id, cells: {}, base, stamps: {} };
}

/** The stamp of a cell, undefined where the row has no such cell. */
export function stampOf(row: RowState, cell: string): Hlc | undefined {
  return row.stamps[cell] ?? (Object.hasOwn(row.cells, cell) ? row.base : undefined);
}

/** Writes the cell when `hlc` is later than what is there; says whether it was. */
export function mergeCell(row: RowState, cell: string, value: Json, hlc: Hlc): boolean {
  const before = stampOf(row, cell);
  if (before !== undefined && hlc <= before) return false;
  setCell(row, cell, value, hlc);
  return true;
}

/** Writes the cell whatever is there. */
export function setCell(row: RowState, cell: string, value: Json, hlc: Hlc): void {
  row.cells[cell] = value;
  if (hlc !== row.base) row.stamps[cell] = hlc;
  else if (Object.hasOwn(row.stamps, cell)) Reflect.deleteProperty(row.stamps, cell);
}

/** Takes a cell away, as if it had never been written here. */
export function dropCell(row: RowState, cell: string): void {
  Reflect.deleteProperty(row.cells, cell);
  Reflect.deleteProperty(row.stamps, cell);
}
