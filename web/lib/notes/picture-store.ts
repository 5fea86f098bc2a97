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

export interface PictureStore {
  /** The id of the new one. Error: `note.pictures-full`. */
  add(noteId: string, picture: ShrunkPicture): Promise<Result<string, Failure>>;
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
  return {
    add: (noteId, { content, ...picture }) =>
      writing(target, async (write) => {
        if ((await pictures.where('noteId').equals(noteId).count()) >= mostInNote)
          return fail(full);
        const id = newId();
        const fields = { ...picture, noteId, bytes: content.length, createdMs: nowMs() };
        await pictureBytes.put({ pictureId: id, bytes: content });
        await write([{ kind: 'put', collection, id, fields }]);
        return ok(id);
      }),
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
