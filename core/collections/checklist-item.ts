/** A line of the checklist that the trader goes through each day. */
import type { Collection } from './collection.ts';
import { finite, text } from './shape.ts';

export interface ChecklistItem {
  readonly id: string;
  readonly label: string;
  /** Places in ascending order; equal ones by their ids. */
  readonly order: number;
  readonly updatedMs: number;
}

export const longestItem = 200;

export const checklistItems: Collection = {
  name: 'checklistItems',
  schemaVersion: 1,
  key: 'id',
  fields: {
    label: { merge: 'value', shape: text(longestItem) },
    order: { merge: 'value', shape: finite },
    updatedMs: { merge: 'value', shape: finite },
  },
};
