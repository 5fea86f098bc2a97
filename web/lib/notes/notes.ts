/** The trader's notes on this device. */
import type { Note } from '#core/collections/note.ts';
import { database } from '#lib/state/database.ts';
import { projection, type RowRecord } from '#workers/store/record-projection.ts';
import { noteStore } from './note-store.ts';
import { pictureStore } from './picture-store.ts';

const asPage: (record: RowRecord) => unknown = projection('notes');

/** Those that `isWanted`, the newest first. Dexie filters rows as they lie in their table. */
export function findNotes(isWanted: (note: Note) => boolean, most: number): Promise<Note[]> {
  return database.notes
    .orderBy('updatedMs')
    .reverse()
    .filter((record: unknown) => isWanted(asPage(record as RowRecord) as Note))
    .limit(most)
    .toArray();
}

const nowMs = () => Date.now();
const newId = () => crypto.randomUUID();

export const notes = noteStore(database, nowMs, newId);
export const notePictures = pictureStore(database, nowMs, newId);
