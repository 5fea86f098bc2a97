/** Puts pictures into the notes of a round trip, the review of a day, or a new note. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { days } from '#lib/journal/journal.ts';
import { notePictures, notes } from '#lib/notes/notes.ts';
import type { NoteBeginning } from '#lib/notes/picture-store.ts';
import { forgetPicture, type SharedPicture } from '#lib/notes/shared-pictures.ts';
import { shrinkPicture, type ShrunkPicture } from '#lib/notes/shrink-picture.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { say } from '#lib/words/language.ts';

export type PicturePlace =
  | { readonly kind: 'trip'; readonly id: string; readonly symbol: string }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'note'; readonly title: string };

export interface Placed {
  /** Where they are seen. */
  readonly href: string;
  /** Those that are kept, and still wait as well: the browser did not let go of them. */
  readonly stillWaiting: readonly SharedPicture[];
}

export interface NotPlaced {
  readonly failure: Failure;
  /** The one that it lies at; null where it lies at none. */
  readonly picture: SharedPicture | null;
}

/** All of them, and the note that they are in, or nothing at all. */
export async function placePictures(
  pictures: readonly SharedPicture[],
  place: PicturePlace,
): Promise<Result<Placed, NotPlaced>> {
  const small: ShrunkPicture[] = [];
  for (const picture of pictures) {
    const shrunk = await shrinkPicture(picture.blob, picture.name);
    if (!shrunk.ok) return fail({ failure: shrunk.error, picture });
    small.push(shrunk.value);
  }
  try {
    const note = await noteOf(place);
    const added = await notePictures.addTo(note, small);
    if (!added.ok) return fail({ failure: added.error, picture: null });
    return ok({ href: hrefOf(place, note.id), stillWaiting: await forget(pictures) });
  } catch (cause) {
    return fail({ failure: storeFailure(cause), picture: null });
  }
}

/** Those that the browser did not let go of. */
async function forget(pictures: readonly SharedPicture[]): Promise<readonly SharedPicture[]> {
  const left: SharedPicture[] = [];
  for (const picture of pictures) {
    // They are kept: to say that they were not would have them kept twice.
    await forgetPicture(picture).catch(() => left.push(picture));
  }
  return left;
}

async function noteOf(place: PicturePlace): Promise<NoteBeginning> {
  if (place.kind === 'day') {
    const { day } = place;
    return days.beginning({ role: 'review', day, title: say`Review of ${day}` });
  }
  return place.kind === 'trip'
    ? notes.beginning({
        subject: { kind: 'trip', id: place.id },
        title: say`Pictures of ${place.symbol}`,
      })
    : notes.beginning({ subject: null, title: place.title });
}

function hrefOf(place: PicturePlace, noteId: string): string {
  if (place.kind === 'day') return `/journal/day/?day=${place.day}`;
  return `/notes/?note=${encodeURIComponent(noteId)}`;
}
