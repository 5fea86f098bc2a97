/** What somebody may write next: rows of all kinds of fields, one to five of them at once. */
import { rowOf } from '#core/sync/row-projection.ts';
import { collectionNamed } from '#core/collections/registry.ts';
import type { RowState } from '#core/sync/row-state.ts';
import type { Change } from '#workers/replica/writer.ts';
import type { Chance } from './chance.ts';

/** How many updates a text may have before they are merged into one: few, so that it happens. */
const mostUpdates = 2;

export interface EditSource {
  /** A row as this device has it. */
  row(collection: string, id: string): RowState | undefined;
  /** Differs each time. */
  word(): string;
}

type Make = (chance: Chance, source: EditSource) => Change;

const makes = {
  watch(chance, { word }) {
    const fields: Record<string, unknown> = {};
    for (const field of chance.some(['list', 'symbol', 'order', 'note', 'addedMs'], 5)) {
      fields[field] = field === 'addedMs' ? Number(word().slice(1)) : word();
    }
    return { kind: 'put', collection: 'watchlist', id: `w${chance.below(3)}`, fields };
  },
  /** Refused by the server, with the fields beside it. */
  bad(_, { word }) {
    const fields = { addedMs: word(), note: word() };
    return { kind: 'put', collection: 'watchlist', id: 'w2', fields };
  },
  inputs(chance, { word }) {
    const inputs = Object.fromEntries(
      chance.some(['a', 'b', 'c'], 3).map((key) => [key, Number(word().slice(1))]),
    );
    const fields = { inputs, ...(chance.often(0.3) && { name: word() }) };
    return { kind: 'put', collection: 'strategies', id: 's0', fields };
  },
  setting(_, { word }) {
    return { kind: 'put', collection: 'settings', id: 'zoom', fields: { value: { at: word() } } };
  },
  local(_, { word }) {
    return { kind: 'put', collection: 'settings', id: 'preferences', fields: { value: word() } };
  },
  tags(chance, { row, word }) {
    const id = noteId(chance);
    const before = fieldsOf(row('notes', id), id)['tags'] as readonly string[];
    const item = chance.often(0.7) ? chance.of(['t1', 't2', 't3']) : `t${word().slice(1)}`;
    const tags =
      chance.often(0.4) && before.length > 0
        ? before.filter((each) => each !== chance.of(before))
        : [...new Set([...before, item])];
    return { kind: 'put', collection: 'notes', id, fields: { tags, updatedMs: 1 } };
  },
  title(chance, { word }) {
    const fields = { title: word(), excerpt: word() };
    return { kind: 'put', collection: 'notes', id: noteId(chance), fields };
  },
  text(_, { row, word }) {
    const id = 'n0';
    const cells = Object.entries(row('notes', id)?.cells ?? {}).filter(([cell]) =>
      cell.startsWith('text.'),
    );
    const covers = cells.map(([cell]) => cell);
    const isMerged = cells.length >= mostUpdates;
    const value = isMerged ? [...cells.map(([, text]) => text), word()].join('+') : word();
    const append = { kind: 'append', collection: 'notes', id, field: 'text' } as const;
    return { ...append, value, ...(isMerged && { covers }) };
  },
  remove: (chance) => ({ kind: 'remove', ...anyRow(chance) }),
  restore: (chance) => ({ kind: 'restore', ...anyRow(chance) }),
} as const satisfies Record<string, Make>;

const weights: Record<keyof typeof makes, number> = {
  watch: 10,
  bad: 1,
  inputs: 3,
  setting: 2,
  local: 1,
  tags: 4,
  title: 3,
  text: 12,
  remove: 1,
  restore: 1,
};

export function nextEdit(chance: Chance, source: EditSource): Change {
  return makes[chance.weighted(weights)](chance, source);
}

/** True for what the server refuses. */
export function isBad(change: Change): boolean {
  return change.kind === 'put' && typeof change.fields['addedMs'] === 'string';
}

function noteId(chance: Chance): string {
  return `n${chance.below(2)}`;
}

function anyRow(chance: Chance): { collection: string; id: string } {
  const collection = chance.of(['watchlist', 'notes']);
  return { collection, id: collection === 'notes' ? noteId(chance) : `w${chance.below(3)}` };
}

function fieldsOf(row: RowState | undefined, id: string): Readonly<Record<string, unknown>> {
  return rowOf(collectionNamed('notes')!, id, row?.cells ?? {});
}
