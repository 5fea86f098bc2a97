/** A strategy as the trader keeps it: a name, its text, the settings it was last run with. */
import type { RunSettings } from '../execution/settings.ts';

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
