/** What can be done to playbooks and to the lines of the daily checklist; each delete can be undone. */
import { longestItem, type ChecklistItem } from '#core/collections/checklist-item.ts';
import { longestCriterion, type Playbook } from '#core/collections/playbook.ts';
import { inOrder } from '#core/journal/checklist.ts';
import type { Database } from '#workers/store/database.ts';
import { writing, type Change } from '#workers/store/writing.ts';
import { storable } from '../notes/note-words.ts';
import { lineText } from './line-text.ts';

export type PlaybookDraft = Pick<Playbook, 'name' | 'description' | 'criteria'>;

export interface PlaybookStore {
  /**
   * Makes one, or changes that of this id: alone what differs from `seen`, for what came from
   * another device meanwhile stays.
   */
  put(id: string, draft: PlaybookDraft, seen: PlaybookDraft | null): Promise<void>;
  /** For `restore`; undefined when there is none. Round trips keep their marks. */
  remove(id: string): Promise<Playbook | undefined>;
  restore(playbook: Playbook): Promise<void>;
  addItem(label: string): Promise<void>;
  renameItem(id: string, label: string): Promise<void>;
  removeItem(id: string): Promise<ChecklistItem | undefined>;
  restoreItem(item: ChecklistItem): Promise<void>;
  /** Puts it one place up or down. */
  moveItem(id: string, by: -1 | 1): Promise<void>;
  /** An id that sorts behind those of before. */
  nextId(): string;
}

const playbooks = 'playbooks';
const items = 'checklistItems';
const mostDescription = 10_000;

export function playbookStore(
  database: Database,
  nowMs: () => number,
  newId: () => string,
): PlaybookStore {
  const target = { database, collections: [playbooks] };
  const itemTarget = { database, collections: [items] };
  const put = (collection: string, id: string, fields: object): Change => ({
    ...{ kind: 'put', collection, id },
    fields: { ...fields, updatedMs: nowMs() },
  });
  const putBack = (collection: string, { id, ...fields }: { readonly id: string }): Change[] => [
    { kind: 'restore', collection, id },
    { kind: 'put', collection, id, fields },
  ];

  return {
    put: (id, draft, seen) =>
      writing(target, async (write) => {
        const before = await database.playbooks.get(id);
        const wanted = clean(draft);
        const { name, description } = wanted;
        const fields = {
          ...(name !== seen?.name && { name }),
          ...(description !== seen?.description && { description }),
          criteria: withLines(before?.criteria ?? {}, wanted.criteria, seen?.criteria ?? {}),
          ...(!seen && { createdMs: nowMs() }),
        };
        await write([put(playbooks, id, fields)]);
      }),
    remove: (id) =>
      writing(target, async (write) => {
        const playbook = await database.playbooks.get(id);
        if (playbook) await write([{ kind: 'remove', collection: playbooks, id }]);
        return playbook;
      }),
    restore: (playbook) =>
      writing(target, async (write) => {
        await write(putBack(playbooks, playbook));
      }),
    addItem: (label) =>
      writing(itemTarget, async (write) => {
        const text = lineText(label, longestItem);
        if (text === '') return;
        const all = await database.checklistItems.toArray();
        const order = Math.max(0, ...all.map((each) => each.order)) + 1;
        await write([put(items, `i${newId()}`, { label: text, order })]);
      }),
    renameItem: (id, label) =>
      writing(itemTarget, async (write) => {
        const text = lineText(label, longestItem);
        if (text !== '') await write([put(items, id, { label: text })]);
      }),
    removeItem: (id) =>
      writing(itemTarget, async (write) => {
        const item = await database.checklistItems.get(id);
        if (item) await write([{ kind: 'remove', collection: items, id }]);
        return item;
      }),
    restoreItem: (item) =>
      writing(itemTarget, async (write) => {
        await write(putBack(items, item));
      }),
    moveItem: (id, by) =>
      writing(itemTarget, async (write) => {
        const ordered = inOrder(await database.checklistItems.toArray());
        const at = ordered.findIndex((each) => each.id === id);
        const other = ordered[at + by];
        if (at < 0 || !other) return;
        const moved = ordered.toSpliced(at, 1).toSpliced(at + by, 0, ordered[at]!);
        // Two devices may have given two lines one place: all of them are told apart again.
        await write(moved.map((each, order) => put(items, each.id, { order: order + 1 })));
      }),
    nextId: () => `c${nowMs().toString(36).padStart(9, '0')}${newId().slice(0, 8)}`,
  };
}

function clean({ name, description, criteria }: PlaybookDraft): PlaybookDraft {
  const lines = Object.entries(criteria).map(
    ([id, text]) => [id, lineText(text, longestCriterion)] as const,
  );
  return {
    name: lineText(name, 200),
    description: storable(description.slice(0, mostDescription)),
    criteria: Object.fromEntries(lines.filter(([, text]) => text !== '')),
  };
}

type Lines = PlaybookDraft['criteria'];

/** What is stored with what the trader changed of what was seen. */
function withLines(stored: Lines, wanted: Lines, seen: Lines): Lines {
  const kept = Object.entries(stored).filter(
    ([id]) => Object.hasOwn(wanted, id) || !Object.hasOwn(seen, id),
  );
  const changed = Object.entries(wanted).filter(([id, text]) => seen[id] !== text);
  return Object.fromEntries([...kept, ...changed]);
}
