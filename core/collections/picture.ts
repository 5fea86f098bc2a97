/** A picture that a note shows; its bytes travel as chunks, and lie beside the rows on a device. */
import type { Collection } from './collection.ts';
import { id, name } from './row-shapes.ts';
import { anything, finite, oneOf, whole } from './shape.ts';

export const pictureTypes = ['image/webp', 'image/jpeg', 'image/png'] as const;

export interface Picture {
  readonly id: string;
  readonly noteId: string;
  /** Of the file it came from, or what it shows. */
  readonly name: string;
  readonly type: (typeof pictureTypes)[number];
  readonly width: number;
  readonly height: number;
  /** How many its content has. */
  readonly bytes: number;
  readonly createdMs: number;
}

/** Written once. */
export const pictures: Collection = {
  name: 'pictures',
  schemaVersion: 1,
  key: 'id',
  fields: {
    noteId: { merge: 'value', shape: id },
    name: { merge: 'value', shape: name },
    type: { merge: 'value', shape: oneOf(pictureTypes) },
    width: { merge: 'value', shape: whole },
    height: { merge: 'value', shape: whole },
    bytes: { merge: 'value', shape: whole },
    createdMs: { merge: 'value', shape: finite },
    content: { merge: 'binary', shape: anything },
  },
};
