/**
 * A decision of the trader's about round trips: several are one, or one is two.
 *
 * It names deals, which no import changes, and is written once; taken back, its row is deleted.
 * `core/journal/edited-trips.ts` says what many of them come to.
 */
import type { Collection } from './collection.ts';
import { finite, list, object, oneOf, orNull, text } from './shape.ts';

/** A round trip as a decision names it. */
export interface NamedTrip {
  /** Key of the deal that it begins with, see `dealKey`. */
  readonly deal: string;
  /** Where it is a later part of one that was split: key of the deal that this was split at. */
  readonly cut: string | null;
}

export interface TripEdit {
  readonly id: string;
  readonly kind: 'merge' | 'split';
  /** Of a merge: the round trips that are one. */
  readonly trips: readonly NamedTrip[];
  /** Of a split: key of the deal with which the later part begins. */
  readonly at: string | null;
  readonly updatedMs: number;
}

export const mostMerged = 200;
/** What a decision names: of what was merged before, each of its parts. */
export const mostNamed = 10 * mostMerged;
const key = text(2000);

export const tripEdits: Collection = {
  name: 'tripEdits',
  schemaVersion: 1,
  key: 'id',
  fields: {
    kind: { merge: 'value', shape: oneOf(['merge', 'split']) },
    trips: {
      merge: 'value',
      shape: list(object<NamedTrip>({ deal: key, cut: orNull(key) }), mostNamed),
    },
    at: { merge: 'value', shape: orNull(key) },
    updatedMs: { merge: 'value', shape: finite },
  },
};
