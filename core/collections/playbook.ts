/** A way of trading that the trader has given a name, with what must be true before it is taken. */
import type { Collection } from './collection.ts';
import { name } from './row-shapes.ts';
import { finite, text } from './shape.ts';

export interface Playbook {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Short lines by their own ids, which sort in the order in which they were added. */
  readonly criteria: Readonly<Record<string, string>>;
  readonly createdMs: number;
  readonly updatedMs: number;
}

export const longestCriterion = 200;

export const playbooks: Collection = {
  name: 'playbooks',
  schemaVersion: 1,
  key: 'id',
  fields: {
    name: { merge: 'value', shape: name },
    description: { merge: 'value', shape: text(10_000) },
    criteria: { merge: 'map', shape: text(longestCriterion) },
    createdMs: { merge: 'value', shape: finite },
    updatedMs: { merge: 'value', shape: finite },
  },
};
