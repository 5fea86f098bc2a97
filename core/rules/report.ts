/** Collects problems and gives each the line and column of its place. */
import type { Problem } from './problem.ts';
import type { Span } from './syntax.ts';

export interface Report {
  error(at: Span, reason: string, suggestion?: string): void;
  warning(at: Span, reason: string, suggestion?: string): void;
  /** In the order of the text, at most one for each place. */
  problems(): readonly Problem[];
}

/** Of each severity, so that no number of warnings hides an error. */
const mostProblems = 100;

export function createReport(source: string): Report {
  const found: Problem[] = [];
  const counts = { error: 0, warning: 0 };
  const lineStarts = startsOfLines(source);

  const add = (severity: Problem['severity'], at: Span, reason: string, suggestion: string) => {
    if (counts[severity]++ >= mostProblems) return;
    if (found.some((other) => other.from === at.from && other.to === at.to)) return;
    const line = lineOf(lineStarts, at.from);
    const column = at.from - lineStarts[line]! + 1;
    found.push({ severity, from: at.from, to: at.to, line: line + 1, column, reason, suggestion });
  };
  return {
    error: (at, reason, suggestion = '') => add('error', at, reason, suggestion),
    warning: (at, reason, suggestion = '') => add('warning', at, reason, suggestion),
    problems: () => found.toSorted((a, b) => a.from - b.from || a.to - b.to),
  };
}

function startsOfLines(source: string): readonly number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
