/** Problems of a rule text as the editor shows them: underlined, explained, mended at a click. */
import type { Diagnostic } from '@codemirror/lint';
import { isReplacement, type Problem } from '#core/rules/problem.ts';
import { say } from '../words/language.ts';

const longestLabel = 40;

/** Problems as they were found in a text; places beyond `length` are drawn in to it. */
export function problemDiagnostics(problems: readonly Problem[], length: number): Diagnostic[] {
  return problems.map((problem) => {
    const from = Math.min(problem.from, length);
    const to = Math.min(problem.to, length);
    const { severity, reason, suggestion } = problem;
    if (!isReplacement(problem)) {
      return { from, to, severity, message: suggestion ? `${reason} ${suggestion}` : reason };
    }
    return { from, to, severity, message: reason, actions: [replacement(suggestion)] };
  });
}

function replacement(text: string) {
  const short = text.length > longestLabel ? `${text.slice(0, longestLabel)}…` : text;
  const name = say`Replace with ${short}`;
  const apply: NonNullable<Diagnostic['actions']>[number]['apply'] = (view, from, to) => {
    view.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + text.length },
      userEvent: 'input.fix',
      scrollIntoView: true,
    });
    view.focus();
  };
  return { name, apply };
}
