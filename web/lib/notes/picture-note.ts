/** A new note that shows one picture. */
import type { NoteSubject } from '#core/collections/note.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { notePictures, notes } from './notes.ts';
import { shrinkPicture } from './shrink-picture.ts';

export interface PictureNote {
  readonly title: string;
  readonly subject: NoteSubject | null;
  readonly picture: Blob;
}

/** The id of the note. Where the picture cannot be kept there is no note either. */
export async function writePictureNote({
  title,
  subject,
  picture,
}: PictureNote): Promise<Result<string, Failure>> {
  const shrunk = await shrinkPicture(picture, title);
  if (!shrunk.ok) return shrunk;
  try {
    const note = notes.beginning({ subject, title });
    const added = await notePictures.addTo(note, [shrunk.value]);
    return added.ok ? ok(note.id) : added;
  } catch (cause) {
    return fail(storeFailure(cause));
  }
}
