/** Where the notes about something are. */
import type { NoteSubject } from '#core/collections/note.ts';

export const notesAboutHref = ({ kind, id }: NoteSubject): string =>
  `/notes/?about=${encodeURIComponent(`${kind}:${id}`)}`;
