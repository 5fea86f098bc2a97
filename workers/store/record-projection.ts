/** Records of collections' tables as pages know them; how they lie there says `row-record.ts`. */

export type RowRecord = Readonly<Record<string, unknown>>;

/**
 * Fields whose cells are `field.rest`. Stated apart from the collections, whose checks the first
 * page has no use for; a test holds them against each other.
 */
export const spread: Readonly<
  Record<string, Readonly<Record<string, 'map' | 'struct' | 'set' | 'text'>>>
> = {
  journalDays: { items: 'map', ticked: 'set' },
  layouts: { panes: 'map' },
  notes: { tags: 'set', text: 'text' },
  playbooks: { criteria: 'map' },
  strategies: { inputs: 'map', settings: 'struct' },
  tripMarks: { tags: 'set', met: 'set', mistakes: 'set' },
};

/** The row as pages know it: what `rowOf` makes of its cells, and unknown ones as they came. */
export function projection(collection: string): (record: RowRecord) => RowRecord {
  const fields = Object.entries(spread[collection] ?? {});
  return (record) => {
    const { _b, _s, _del, _key, ...row } = record;
    return fields.length === 0 ? row : gather(row, fields);
  };
}

function gather(cells: RowRecord, fields: readonly (readonly [string, string])[]): RowRecord {
  const row: Record<string, unknown> = {};
  for (const [field, merge] of fields) {
    const before = cells[field];
    if (merge === 'set' || merge === 'text') row[field] = Array.isArray(before) ? [...before] : [];
    else row[field] = isPlain(before) ? { ...before } : {};
  }
  for (const cell of Object.keys(cells).toSorted()) {
    const dot = cell.indexOf('.');
    const field = dot < 0 ? cell : cell.slice(0, dot);
    const merge = fields.find(([name]) => name === field)?.[1];
    if (merge === undefined) row[cell] = cells[cell];
    else if (dot >= 0) place(row[field], merge, cell.slice(dot + 1), cells[cell]);
  }
  return row;
}

function place(into: unknown, merge: string, rest: string, value: unknown): void {
  if (Array.isArray(into)) {
    const item: unknown = merge === 'set' ? rest.slice(0, rest.lastIndexOf('.')) : value;
    if (merge === 'text' || (value === 1 && !into.includes(item))) into.push(item);
  } else if (isPlain(into)) {
    if (merge === 'map' && value === null) Reflect.deleteProperty(into, rest);
    else into[rest] = value;
  }
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
