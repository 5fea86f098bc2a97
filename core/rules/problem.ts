/** What is wrong with a rule text, said so that a trader can mend it. */

export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Offsets into the text, UTF-16 units; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** One-based. */
  readonly line: number;
  readonly column: number;
  /** Why it cannot be, one sentence. */
  readonly reason: string;
  /** What to write instead, one sentence or a piece of rule text; empty where none is known. */
  readonly suggestion: string;
}
