/** What can be done to kept notes: each a write that other devices learn of, each delete undoable. */
import type { Note, NoteSubject } from '#core/collections/note.ts';
import type { Database } from '#workers/store/database.ts';
import { writeChanges, writing, type Change } from '#workers/store/writing.ts';
import type { Snapshot } from './note-snapshot.ts';
import { cleanTitle, withTag } from './note-words.ts';
import {
  removePictures,
  restorePictures,
  type NoteBeginning,
  type RemovedPictures,
} from './picture-store.ts';

/** A note as it was, with its pictures. */
export interface RemovedNote extends RemovedPictures {
  readonly note: Note;
}

export interface NewNote {
  readonly subject: NoteSubject | null;
  readonly title?: string;
  readonly tags?: readonly string[];
}

export interface NoteStore {
  /** The id of the new note. */
  create(note: NewNote): Promise<string>;
  /** A new note that is written with what comes into it. */
  beginning(note: NewNote): NoteBeginning;
  append(id: string, change: { readonly update: string; readonly excerpt: string }): Promise<void>;
  /** Changes nothing that is seen: a note is not newer for it. */
  replace(id: string, snapshot: Snapshot): Promise<void>;
  rename(id: string, title: string): Promise<void>;
  addTag(id: string, tag: string, used: readonly string[]): Promise<void>;
  removeTag(id: string, tag: string): Promise<void>;
  /** For `restore`: what was nobody's yet is gone for good. Undefined when there is none. */
  remove(id: string): Promise<RemovedNote | undefined>;
  restore(removed: RemovedNote): Promise<void>;
  /** The cells by their names, as they are stored now; none of a note that is gone. */
  cellsOf(id: string): Promise<Readonly<Record<string, unknown>>>;
}

const collection = 'notes';

export function noteStore(database: Database, nowMs: () => number, newId: () => string): NoteStore {
  const put = (id: string, fields: Partial<Omit<Note, 'id' | 'text'>>): Change => ({
    kind: 'put',
    collection,
    id,
    fields,
  });
  const withPictures = {
    database,
    collections: [collection, 'pictures'],
    also: [database.pictureBytes],
  };
  const write = async (...changes: readonly Change[]): Promise<void> => {
    await writeChanges(database, changes);
  };

  /** Looked at as it is written: a tag that the change has not seen would be taken away. */
  function changeTags(
    id: string,
    change: (tags: readonly string[]) => readonly string[],
  ): Promise<void> {
    return writing({ database, collections: [collection] }, async (writeHere) => {
      const note = await database.notes.get(id);
      if (!note) return;
      const tags = change(note.tags);
      if (tags !== note.tags) await writeHere([put(id, { tags, updatedMs: nowMs() })]);
    });
  }

  function beginning({ subject, title = '', tags = [] }: NewNote): NoteBeginning {
    const id = newId();
    const atMs = nowMs();
    const about = { title: cleanTitle(title), excerpt: '', tags, subject };
    const change = put(id, { ...about, createdMs: atMs, updatedMs: atMs });
    return { id, begin: async (writeHere) => void (await writeHere([change])) };
  }

  return {
    beginning,
    async create(note) {
      const { id, begin } = beginning(note);
      await writing({ database, collections: [collection] }, begin);
      return id;
    },
    append: (id, { update, excerpt }) =>
      write(
        { kind: 'append', collection, id, field: 'text', value: update },
        put(id, { excerpt, updatedMs: nowMs() }),
      ),
    replace: (id, { value, covers }) =>
      write({ kind: 'append', collection, id, field: 'text', value, covers }),
    rename: (id, title) => write(put(id, { title: cleanTitle(title), updatedMs: nowMs() })),
    addTag: (id, tag, used) => changeTags(id, (tags) => withTag(tags, tag, used)),
    removeTag: (id, tag) =>
      changeTags(id, (tags) => (tags.includes(tag) ? tags.filter((each) => each !== tag) : tags)),
    remove: (id) =>
      writing(withPictures, async (writeHere) => {
        const note = await database.notes.get(id);
        await writeHere([{ kind: 'remove', collection, id }]);
        const ids = await database.pictures.where('noteId').equals(id).primaryKeys();
        const removed = await removePictures(database, writeHere, ids);
        return note && { note, ...removed };
      }),
    restore: ({ note: { id, text, ...fields }, ...removed }) =>
      writing(withPictures, async (writeHere) => {
        await restorePictures(database, writeHere, removed);
        await writeHere([{ kind: 'restore', collection, id }, put(id, fields)]);
        const back = await database.notes.get(id);
        if (back && back.text.length > 0) return;
        await writeHere(
          text.map((value) => ({ kind: 'append', collection, id, field: 'text', value }) as const),
        );
      }),
    async cellsOf(id) {
      const record: unknown = await database.notes.where('id').equals(id).raw().first();
      return (record ?? {}) as Readonly<Record<string, unknown>>;
    },
  };
}
