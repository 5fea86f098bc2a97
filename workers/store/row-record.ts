/**
 * How a row of a collection lies in its table: flat, `{ [key]: id, ...cells, _b, _s }`.
 *
 * `_b` is the row's base stamp, `_s` the stamps of cells that have one of their own; a row without
 * them is nobody's yet. What an older version wrote, with objects where cells `field.key` belong,
 * is read as if it had been written so. No name of a cell but `_del` begins with a line, and the
 * cell that a later version may call like the key is kept as `_key`.
 */
import type { Json } from '#core/sync/fragment.ts';
import type { Hlc } from '#core/sync/hlc.ts';
import type { RowState } from '#core/sync/row-state.ts';
import { isPlain, spread, type RowRecord } from './record-projection.ts';

export function recordOf(key: string, { id, cells, base, stamps }: RowState): RowRecord {
  const record: Record<string, unknown> = { ...cells, [key]: id, _b: base, _s: stamps };
  if (Object.hasOwn(cells, key)) record['_key'] = cells[key];
  return record;
}

/** The row that a record of the table `collection` is. */
export function stateOf(collection: string, key: string, record: RowRecord): RowState {
  const cells: Record<string, Json> = {};
  const fields = spread[collection] ?? {};
  for (const cell of Object.keys(record)) {
    const value = record[cell];
    if (cell === key || value === undefined || own.includes(cell)) continue;
    if (Object.hasOwn(fields, cell) && isPlain(value)) {
      for (const [name, each] of Object.entries(value)) {
        if (each !== undefined) cells[`${cell}.${name}`] ??= each as Json;
      }
    } else cells[cell] = value as Json;
  }
  if (record['_key'] !== undefined) cells[key] = record['_key'] as Json;
  return {
    id: record[key] as string,
    cells,
    base: (record['_b'] ?? '') as Hlc,
    stamps: (record['_s'] ?? {}) as Record<string, Hlc>,
  };
}

const own = ['_b', '_s', '_key'];
