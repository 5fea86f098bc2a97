/** A strategy as the trader keeps it: a name, a rule text, the settings it was last run with. */
import type { RunSettings } from '../execution/settings.ts';

export interface Strategy {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  /** Values the trader chose for the rule text's inputs; missing = the text's own default. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
  readonly createdMs: number;
  readonly updatedMs: number;
  /** Set when in the bin; null otherwise. */
  readonly deletedMs: number | null;
}
