/** From a rule text to a program, or to everything that is wrong with the text. */
import { checkRules } from './check-rules.ts';
import { parseRules } from './parse.ts';
import type { Problem } from './problem.ts';
import type { Program } from './program.ts';
import { createReport } from './report.ts';

export type { Program, ProgramInput } from './program.ts';

/** In UTF-16 units; more than any strategy a person can oversee. */
export const longestSource = 65_536;

export interface Compiled {
  /** null if and only if a problem is an error. */
  readonly program: Program | null;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
}

/** Reads and checks a rule text; never throws, whatever the text. */
export function compileRules(source: string): Compiled {
  const report = createReport(source);
  if (source.length > longestSource) {
    const excess = { from: longestSource, to: source.length };
    report.error(excess, `The text is longer than ${longestSource} characters.`);
    return { program: null, problems: report.problems() };
  }
  const program = checkRules(source, parseRules(source, report), report);
  const problems = report.problems();
  const wrong = problems.some((problem) => problem.severity === 'error');
  return { program: wrong ? null : program, problems };
}
