/** What the trader wrote at a round trip; its id is the round trip's. */
import type { Collection } from './collection.ts';
import { id } from './row-shapes.ts';
import { finite, orNull, whole } from './shape.ts';

export interface TripMark {
  readonly id: string;
  readonly tags: readonly string[];
  /** Of five. */
  readonly rating?: number | null;
  /** Id of the playbook that it was taken by, which may be gone. */
  readonly playbook?: string | null;
  /** Prices of stop and target as the trader planned them, whatever stood at the broker. */
  readonly plannedSl?: number | null;
  readonly plannedTp?: number | null;
  /** Ids of the playbook's criteria that were met. */
  readonly met: readonly string[];
  /** What went wrong, as the trader calls it. */
  readonly mistakes: readonly string[];
  readonly updatedMs: number;
}

/** What nobody wrote is left out: an empty value would take the place of another device's. */
export const tripMarks: Collection = {
  name: 'tripMarks',
  schemaVersion: 1,
  key: 'id',
  fields: {
    tags: { merge: 'set' },
    rating: { merge: 'value', shape: orNull(whole), optional: true },
    playbook: { merge: 'value', shape: orNull(id), optional: true },
    plannedSl: { merge: 'value', shape: orNull(finite), optional: true },
    plannedTp: { merge: 'value', shape: orNull(finite), optional: true },
    met: { merge: 'set' },
    mistakes: { merge: 'set' },
    updatedMs: { merge: 'value', shape: finite },
  },
};
