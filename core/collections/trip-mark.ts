/** What the trader wrote at a round trip; its id is the round trip's. */
import type { Collection } from './collection.ts';
import { finite, orNull, whole } from './shape.ts';

export interface TripMark {
  readonly id: string;
  readonly tags: readonly string[];
  /** Of five. */
  readonly rating: number | null;
  readonly updatedMs: number;
}

export const tripMarks: Collection = {
  name: 'tripMarks',
  schemaVersion: 1,
  key: 'id',
  fields: {
    tags: { merge: 'set' },
    rating: { merge: 'value', shape: orNull(whole) },
    updatedMs: { merge: 'value', shape: finite },
  },
};
