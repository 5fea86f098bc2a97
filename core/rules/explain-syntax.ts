/** Says what is wrong with a statement the grammar could not read, and how it is written. */
import type { SyntaxNode } from '@lezer/common';
import { statementWords } from './keywords.ts';
import { nearestName } from './nearest-name.ts';
import type { Report } from './report.ts';
import type { Span } from './syntax.ts';

/** How each statement is written, for a text that begins with its first word. */
export const statementForms: Readonly<Record<string, string>> = {
  input: 'input fast = 10',
  let: 'let average = sma(close, 20)',
  enter: 'enter long when close > open',
  exit: 'exit long when close < open',
  stop: 'stop 2% of close',
  target: 'target 4% of close',
  size: 'size 100% of equity',
};

export function explainSyntax(
  source: string,
  statement: SyntaxNode,
  broken: Span,
  report: Report,
): void {
  const start = source.slice(statement.from, statement.to).match(/[A-Za-z_]\w*/);
  const first = start?.[0].toLowerCase() ?? '';
  report.error(broken, `This cannot be read: ${first}`, statementForms[first] ?? '');
  void nearestName;
  void statementWords;
}
