/** A note of the trader's: free, or about a strategy, a run, a round trip or a day; its text merges by character. */
import type { Collection } from './collection.ts';
import { id, name } from './row-shapes.ts';
import { finite, object, oneOf, orNull, text, type Shape } from './shape.ts';

export const noteSubjects = ['strategy', 'run', 'series', 'trip', 'day'] as const;
export interface NoteSubject {
  readonly kind: (typeof noteSubjects)[number];
  readonly id: string;
}

export interface Note {
  readonly id: string;
  readonly title: string;
  /** Updates of a Yjs document whose text `text` is the note, each in base64. */
  readonly text: readonly string[];
  /** The beginning of the text, for lists and for searching. */
  readonly excerpt: string;
  readonly tags: readonly string[];
  readonly subject: NoteSubject | null;
  readonly createdMs: number;
  readonly updatedMs: number;
}

const subject: Shape<NoteSubject> = object<NoteSubject>({ kind: oneOf(noteSubjects), id });

export const notes: Collection = {
  name: 'notes',
  schemaVersion: 1,
  key: 'id',
  fields: {
    title: { merge: 'value', shape: name },
    text: { merge: 'text' },
    excerpt: { merge: 'value', shape: text(2_000) },
    tags: { merge: 'set' },
    subject: { merge: 'value', shape: orNull(subject) },
    createdMs: { merge: 'value', shape: finite },
    updatedMs: { merge: 'value', shape: finite },
  },
};
