/** Rows as pages know them ↔ the cells that replicate; see `core/collections/collection.ts`. */
import { partsOfCell, type Collection, type FieldRule } from '../collections/collection.ts';
import { readShape } from '../collections/shape.ts';
import { DELETED, type Cells, type Json } from './fragment.ts';
import type { Hlc } from './hlc.ts';
import type { RowState } from './row-state.ts';

type Row = Readonly<Record<string, unknown>>;

/** True once a row may be shown: it is not deleted and has every field that is not optional. */
export function isShown(collection: Collection, { cells }: Pick<RowState, 'cells'>): boolean {
  if (cells[DELETED] === 1) return false;
  const found = new Set(Object.keys(cells).map((cell) => partsOfCell(cell).field));
  return Object.entries(collection.fields).every(
    ([field, rule]) => found.has(field) || !isNeeded(rule),
  );
}

function isNeeded(rule: FieldRule): boolean {
  return rule.merge === 'struct' || (rule.merge === 'value' && rule.optional !== true);
}

/** The row that cells make; unknown ones are left out. Only of a row that `isShown`. */
export function rowOf(
  collection: Collection,
  id: string,
  cells: Readonly<Record<string, unknown>>,
): Row {
  const row: Record<string, unknown> = { [collection.key]: id };
  for (const [field, { merge }] of Object.entries(collection.fields)) {
    if (merge === 'map' || merge === 'struct') row[field] = {};
    if (merge === 'set' || merge === 'text') row[field] = [];
  }
  for (const cell of Object.keys(cells).toSorted()) {
    const { field, rest } = partsOfCell(cell);
    const rule = collection.fields[field];
    if (rule) place(row, field, rest, rule, cells[cell]);
  }
  return row;
}

function place(
  row: Record<string, unknown>,
  field: string,
  rest: string,
  rule: FieldRule,
  value: unknown,
): void {
  switch (rule.merge) {
    case 'value':
    case 'binary':
      if (rest === '') row[field] = value;
      return;
    case 'struct':
      (row[field] as Record<string, unknown>)[rest] = value;
      return;
    case 'map':
      if (value !== null) (row[field] as Record<string, unknown>)[rest] = value;
      return;
    case 'set': {
      const item = rest.slice(0, rest.lastIndexOf('.'));
      const items = row[field] as string[];
      if (value === 1 && !items.includes(item)) items.push(item);
      return;
    }
    case 'text':
      (row[field] as unknown[]).push(value);
  }
}

/**
 * The cells to write so that the row reads as `wanted`, stamped `hlc`; none where it does already.
 *
 * `wanted` may hold some of the fields only; the others stay. A `text` is written by its updates
 * and not here; a field that is there and undefined in `wanted` counts as left out.
 */
export function cellsToWrite(
  collection: Collection,
  state: Pick<RowState, 'cells'> | undefined,
  wanted: Row,
  hlc: Hlc,
): Cells {
  const before = state?.cells ?? {};
  const after: Record<string, Json> = {};
  for (const [field, rule] of Object.entries(collection.fields)) {
    const value = wanted[field];
    if (value === undefined || rule.merge === 'text') continue;
    for (const [cell, each] of Object.entries(cellsOfField(field, rule, value, before, hlc))) {
      if (!isEqual(before[cell], each)) after[cell] = each;
    }
  }
  return after;
}

function cellsOfField(
  field: string,
  rule: FieldRule,
  value: unknown,
  before: Cells,
  hlc: Hlc,
): Record<string, Json> {
  if (rule.merge === 'set') return cellsOfSet(field, value as readonly string[], before, hlc);
  if (rule.merge === 'value' || rule.merge === 'binary') return { [field]: value as Json };
  const cells: Record<string, Json> = {};
  if (rule.merge === 'map') {
    for (const cell of Object.keys(before)) {
      if (cell.startsWith(`${field}.`)) cells[cell] = null;
    }
  }
  for (const [key, each] of Object.entries(value as Record<string, Json | undefined>)) {
    if (each !== undefined) cells[`${field}.${key}`] = each;
  }
  return cells;
}

/** Adds what is new with a dot of its own; takes away the dots that are seen of what is gone. */
function cellsOfSet(
  field: string,
  wanted: readonly string[],
  before: Cells,
  hlc: Hlc,
): Record<string, Json> {
  const cells: Record<string, Json> = {};
  const kept = new Set<string>();
  for (const [cell, value] of Object.entries(before)) {
    if (value !== 1 || !cell.startsWith(`${field}.`)) continue;
    const item = cell.slice(field.length + 1, cell.lastIndexOf('.'));
    if (wanted.includes(item)) kept.add(item);
    else cells[cell] = 0;
  }
  for (const item of wanted) if (!kept.has(item)) cells[`${field}.${item}.${hlc}`] = 1;
  return cells;
}

/** Why a cell that came from outside is not taken, or null. Unknown fields are the caller's. */
export function faultOfCell(collection: Collection, cell: string, value: Json): string | null {
  const { field, rest } = partsOfCell(cell);
  if (cell === DELETED) return value === 0 || value === 1 ? null : `${cell} is not 0 or 1`;
  const rule = collection.fields[field];
  if (!rule) return `${field} is no field of ${collection.name}`;
  switch (rule.merge) {
    case 'value':
    case 'binary': {
      if (rest !== '') return `${cell} is no cell of ${collection.name}`;
      return faultOf(value, cell, rule.shape);
    }
    case 'struct': {
      const shape = Object.hasOwn(rule.shapes, rest) ? rule.shapes[rest] : undefined;
      return shape ? faultOf(value, cell, shape) : `${cell} is no cell of ${collection.name}`;
    }
    case 'map':
      if (rest === '') return `${cell} is no cell of ${collection.name}`;
      return value === null ? null : faultOf(value, cell, rule.shape);
    case 'set':
      if (!rest.includes('.')) return `${cell} is no cell of ${collection.name}`;
      return value === 0 || value === 1 ? null : `${cell} is not 0 or 1`;
    case 'text':
      if (rest === '') return `${cell} is no cell of ${collection.name}`;
      return typeof value === 'string' ? null : `${cell} is not a text`;
  }
}

function faultOf(value: Json, path: string, shape: Parameters<typeof readShape>[2]): string | null {
  const read = readShape(value, path, shape);
  return 'fault' in read ? read.fault : null;
}

/** Whether two values are the same JSON, whatever the order of their keys. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(other, key) &&
      isEqual((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
  );
}
