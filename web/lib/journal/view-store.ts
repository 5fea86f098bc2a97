/** What can be done to saved views of the journal; a delete and a change can be undone. */
import { longestViewName, type ListLook, type SavedView } from '#core/collections/journal-view.ts';
import type { Database } from '#workers/store/database.ts';
import { writing, type Change } from '#workers/store/writing.ts';
import { lineText } from './line-text.ts';

export interface ViewStore {
  /** Keeps a new one; its id, null for a name that says nothing. */
  add(name: string, look: ListLook): Promise<string | null>;
  rename(id: string, name: string): Promise<void>;
  /** What it looked like before, for `look` again; undefined when there is none. */
  look(id: string, look: ListLook): Promise<ListLook | undefined>;
  /** For `restore`; undefined when there is none. */
  remove(id: string): Promise<SavedView | undefined>;
  restore(view: SavedView): Promise<void>;
}

const collection = 'journalViews';

export function viewStore(database: Database, nowMs: () => number, newId: () => string): ViewStore {
  const target = { database, collections: [collection] };
  const put = (id: string, fields: Partial<SavedView>): Change => ({
    ...{ kind: 'put', collection, id },
    fields: { ...fields, updatedMs: nowMs() },
  });
  return {
    add: (name, look) =>
      writing(target, async (write) => {
        const text = lineText(name, longestViewName);
        if (text === '') return null;
        const id = `v${newId()}`;
        await write([put(id, { name: text, look })]);
        return id;
      }),
    rename: (id, name) =>
      writing(target, async (write) => {
        const text = lineText(name, longestViewName);
        // One that another device deleted meanwhile must not come back as a name alone.
        if (text !== '' && (await database.journalViews.get(id))) {
          await write([put(id, { name: text })]);
        }
      }),
    look: (id, look) =>
      writing(target, async (write) => {
        const view = await database.journalViews.get(id);
        if (view) await write([put(id, { look })]);
        return view?.look;
      }),
    remove: (id) =>
      writing(target, async (write) => {
        const view = await database.journalViews.get(id);
        if (view) await write([{ kind: 'remove', collection, id }]);
        return view;
      }),
    restore: ({ id, ...fields }) =>
      writing(target, async (write) => {
        await write([
          { kind: 'restore', collection, id },
          { kind: 'put', collection, id, fields: { ...fields } },
        ]);
      }),
  };
}
