/** Puts pictures into the notes of a round trip, the review of a day, or a new note. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { dayNoteId } from '#lib/journal/day-store.ts';
import { days } from '#lib/journal/journal.ts';
import { notePictures, notes } from '#lib/notes/notes.ts';
import { forgetPicture, type SharedPicture } from '#lib/notes/shared-pictures.ts';
import { shrinkPicture, type ShrunkPicture } from '#lib/notes/shrink-picture.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { say } from '#lib/words/language.ts';

export type PicturePlace =
  | { readonly kind: 'trip'; readonly id: string; readonly symbol: string }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'note'; readonly title: string };

export interface Placed {
  readonly href: string;
  readonly kept: readonly SharedPicture[];
  /** Why the others were not kept; null where all were. */
  readonly failure: Failure | null;
}

/** Errors where none could be kept: then nothing was written. */
export async function placePictures(
  pictures: readonly SharedPicture[],
  place: PicturePlace,
): Promise<Result<Placed, Failure>> {
  const small: { readonly of: SharedPicture; readonly picture: ShrunkPicture }[] = [];
  let failure: Failure | null = null;
  for (const of of pictures) {
    const shrunk = await shrinkPicture(of.blob, of.name);
    if (shrunk.ok) small.push({ of, picture: shrunk.value });
    else failure = shrunk.error;
  }
  if (small.length === 0) return fail(failure ?? nothing);
  try {
    const noteId = await noteOf(place);
    const kept: SharedPicture[] = [];
    for (const { of, picture } of small) {
      const added = await notePictures.add(noteId, picture);
      if (!added.ok) {
        failure = added.error;
        continue;
      }
      kept.push(of);
      await forgetPicture(of);
    }
    return ok({ href: hrefOf(place, noteId), kept, failure });
  } catch (cause) {
    return fail(storeFailure(cause));
  }
}

const nothing: Failure = { code: 'note.picture-unreadable', detail: say`No picture was chosen.` };

async function noteOf(place: PicturePlace): Promise<string> {
  if (place.kind === 'day') {
    const { day } = place;
    await days.beginNote({ role: 'review', day, title: say`Review of ${day}` });
    return dayNoteId('review', day);
  }
  const subject = place.kind === 'trip' ? ({ kind: 'trip', id: place.id } as const) : null;
  const id = await notes.create({ subject });
  await notes.rename(id, place.kind === 'trip' ? say`Pictures of ${place.symbol}` : place.title);
  return id;
}

function hrefOf(place: PicturePlace, noteId: string): string {
  if (place.kind === 'day') return `/journal/day/?day=${place.day}`;
  return `/notes/?note=${encodeURIComponent(noteId)}`;
}
