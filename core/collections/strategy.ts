/** A strategy as the trader keeps it: a name, its text, the settings it was last run with. */
import type { RunSettings } from '../execution/settings.ts';
import type { Collection } from './collection.ts';
import { id, inputs, language, name, settings, settingsShapes, source } from './row-shapes.ts';
import { finite, object, optional, orNull, type Shape } from './shape.ts';

/** `rules`: the rule language · `code`: TypeScript, see `docs/code-strategies.md`. */
export type Language = 'rules' | 'code';

export interface Strategy {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  /** What the text is written in; missing = rules. */
  readonly language?: Language;
  /** Values the trader chose for the text's inputs; missing = the text's own default. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
  readonly createdMs: number;
  readonly updatedMs: number;
  /** Set when in the bin; null otherwise. */
  readonly deletedMs: number | null;
}

export const strategyShape: Shape<Strategy> = object<Strategy>({
  id,
  name,
  source,
  language: optional(language),
  inputs,
  settings,
  createdMs: finite,
  updatedMs: finite,
  deletedMs: orNull(finite),
});

export const strategies: Collection = {
  name: 'strategies',
  schemaVersion: 1,
  key: 'id',
  fields: {
    name: { merge: 'value', shape: name },
    source: { merge: 'value', shape: source },
    language: { merge: 'value', shape: language, optional: true },
    inputs: { merge: 'map', shape: finite },
    settings: { merge: 'struct', shapes: settingsShapes },
    createdMs: { merge: 'value', shape: finite },
    updatedMs: { merge: 'value', shape: finite },
    deletedMs: { merge: 'value', shape: orNull(finite) },
  },
};
