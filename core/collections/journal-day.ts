/** What the trader wrote of a day, beside its plan and its review, which are notes. */
import type { Collection } from './collection.ts';
import { finite, orNull, text, whole } from './shape.ts';

export interface DayEntry {
  /** `2026-11-27`, by the trader's clock. */
  readonly id: string;
  /** Of five; missing where nobody told it. */
  readonly mood?: number | null;
  readonly goals?: string;
  /**
   * The lines of the checklist by their ids, as they were when the first was ticked: what the
   * trader makes of the template later does not change a day that is over.
   */
  readonly items: Readonly<Record<string, string>>;
  /** Ids of what was ticked. */
  readonly ticked: readonly string[];
  readonly updatedMs: number;
}

export const longestGoals = 10_000;

/** What nobody wrote is left out: an empty value would take the place of another device's. */
export const journalDays: Collection = {
  name: 'journalDays',
  schemaVersion: 1,
  key: 'id',
  fields: {
    mood: { merge: 'value', shape: orNull(whole), optional: true },
    goals: { merge: 'value', shape: text(longestGoals), optional: true },
    items: { merge: 'map', shape: text(200) },
    ticked: { merge: 'set' },
    updatedMs: { merge: 'value', shape: finite },
  },
};
