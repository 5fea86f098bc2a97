/** What is wrong with the lines of a file: all are counted, the first thousand of a kind listed. */
import type { LineProblem } from './api.ts';

export type ProblemKind = LineProblem['kind'];
export type ProblemCounts = Readonly<Record<ProblemKind, number>>;

export interface Problems {
  readonly counts: ProblemCounts;
  readonly list: LineProblem[];
  /** `say` is called for problems that are listed, not for those that are merely counted. */
  readonly add: (kind: ProblemKind, line: number, say: () => string) => void;
}

export const MOST_LISTED = 1000;

export function createProblems(): Problems {
  const counts: Record<ProblemKind, number> = {
    unreadable: 0,
    'impossible-prices': 0,
    duplicate: 0,
    'out-of-order': 0,
    gap: 0,
    conflict: 0,
    'skipped-hour': 0,
    'repeated-hour': 0,
  };
  const list: LineProblem[] = [];
  return {
    counts,
    list,
    add(kind, line, say) {
      if (++counts[kind] <= MOST_LISTED) list.push({ line, kind, text: say() });
    },
  };
}

/** Sum of all counts. */
export function countProblems(counts: ProblemCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
