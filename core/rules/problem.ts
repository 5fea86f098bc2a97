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
  /**
   * What to do: a piece of rule text to put in place of `from` … `to`, or advice, which is a
   * sentence and ends with a full stop. Empty where none is known.
   */
  readonly suggestion: string;
}

/** Whether the suggestion is rule text that can be put in place by itself. */
export function isReplacement(problem: Problem): boolean {
  return problem.suggestion !== '' && !problem.suggestion.endsWith('.');
}
