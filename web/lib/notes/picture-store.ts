/** The pictures of notes: each a row that other devices learn of, with its content beside it. */
import type { Picture } from '#core/collections/picture.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database, PictureBytes } from '#workers/store/database.ts';
import { readPicture } from '#workers/store/read-picture.ts';
import { writing, type Change, type Write } from '#workers/store/writing.ts';
import type { ShrunkPicture } from './shrink-picture.ts';
import { say } from '../words/language.ts';

export interface RemovedPictures {
  readonly pictures: readonly Picture[];
  readonly bytes: readonly PictureBytes[];
}

/** A note that is begun in the transaction of whoever writes into it, where it is not there yet. */
export interface NoteBeginning {
  readonly id: string;
  begin(write: Write): Promise<void>;
}

export interface PictureStore {
  /** Error: `note.pictures-full`. */
  add(noteId: string, picture: ShrunkPicture): Promise<Result<null, Failure>>;
  /** All of them and the note, or nothing at all. Error: `note.pictures-full`. */
  addTo(note: NoteBeginning, pictures: readonly ShrunkPicture[]): Promise<Result<null, Failure>>;
  remove(id: string): Promise<RemovedPictures>;
  restore(removed: RemovedPictures): Promise<void>;
  /** What it shows. Error: `sync.elsewhere` where that cannot be had now. */
  read(picture: Picture): Promise<Result<Blob, Failure>>;
}

const collection = 'pictures';
const mostInNote = 100;

export function pictureStore(
  database: Database,
  nowMs: () => number,
  newId: () => string,
): PictureStore {
  const { pictures, pictureBytes } = database;
  const target = { database, collections: [collection], also: [pictureBytes] };
  async function keep(write: Write, noteId: string, picture: ShrunkPicture): Promise<void> {
    const { content, ...shown } = picture;
    const id = newId();
    const fields = { ...shown, noteId, bytes: content.length, createdMs: nowMs() };
    await pictureBytes.put({ pictureId: id, bytes: content });
    await write([{ kind: 'put', collection, id, fields }]);
  }
  const addTo: PictureStore['addTo'] = ({ id, begin }, added) =>
    writing({ ...target, collections: [collection, 'notes'] }, async (write) => {
      const kept = await pictures.where('noteId').equals(id).count();
      if (kept + added.length > mostInNote) return fail(full);
      await begin(write);
      for (const picture of added) await keep(write, id, picture);
      return ok(null);
    });
  return {
    add: (noteId, picture) => addTo({ id: noteId, begin: () => Promise.resolve() }, [picture]),
    addTo,
    remove: (id) => writing(target, (write) => removePictures(database, write, [id])),
    restore: (removed) => writing(target, (write) => restorePictures(database, write, removed)),
    read: (picture) => readPicture(database, picture),
  };
}

/** Within `writing` on the collection and `pictureBytes`. */
export async function removePictures(
  { pictures, pictureBytes }: Database,
  write: Write,
  ids: readonly string[],
): Promise<RemovedPictures> {
  const rows = (await pictures.bulkGet([...ids])).filter((row) => row !== undefined);
  const bytes = (await pictureBytes.bulkGet([...ids])).filter((row) => row !== undefined);
  await write(ids.map((id) => ({ kind: 'remove', collection, id }) as const));
  await pictureBytes.bulkDelete([...ids]);
  return { pictures: rows, bytes };
}

/** Within `writing` on the collection and `pictureBytes`. */
export async function restorePictures(
  { pictureBytes }: Database,
  write: Write,
  { pictures, bytes }: RemovedPictures,
): Promise<void> {
  await write(
    pictures.flatMap(({ id, ...fields }): Change[] => [
      { kind: 'restore', collection, id },
      { kind: 'put', collection, id, fields },
    ]),
  );
  await pictureBytes.bulkPut([...bytes]);
}

const full: Failure = {
  code: 'note.pictures-full',
  detail: say`A note holds at most ${mostInNote} pictures.`,
  figures: { limit: mostInNote },
};
