/** Reads a rule text into statements; what cannot be read is reported and skipped. */
import type { SyntaxNode } from '@lezer/common';
import { explainSyntax } from './explain-syntax.ts';
import { parser } from './parser.gen.ts';
import { deepestNesting, spanOf } from './read-expression.ts';
import { brokenStatement, readStatement } from './read-statement.ts';
import type { Report } from './report.ts';
import type { Span, Statement } from './syntax.ts';

export function parseRules(source: string, report: Report): readonly Statement[] {
  const deep = tooDeep(source);
  if (deep !== null) {
    report.error(deep, 'Brackets are nested too deeply.', 'Name the inner parts with let.');
    return [{ kind: 'broken', from: 0, to: source.length, name: null, declares: 'value' }];
  }
  const statements: Statement[] = [];
  let explainedTo = -1;
  const top = parser.parse(source).topNode;
  for (let node = top.firstChild; node; node = node.nextSibling) {
    // What follows on the same line is a consequence of the first mistake.
    if (node.name === 'Comment' || node.from < explainedTo) continue;
    const broken = brokenSpan(node);
    if (broken) {
      const lineEnd = source.indexOf('\n', node.to);
      explainedTo = lineEnd < 0 ? source.length : lineEnd;
      explainSyntax(source, spanOf(node), broken, report);
      statements.push(brokenStatement(source, node));
      continue;
    }
    const statement = readStatement(source, node);
    if (!statement) {
      report.error(spanOf(node), 'This rule is too long to be read.', 'Name its parts with let.');
    }
    statements.push(statement ?? brokenStatement(source, node));
  }
  return statements;
}

/** The bracket at which the nesting passes what the reader's stack is sure to bear. */
function tooDeep(source: string): Span | null {
  let depth = 0;
  let comment = false;
  let text = false;
  for (let i = 0; i < source.length; i++) {
    const character = source[i]!;
    if (character === '\n') comment = text = false;
    else if (character === '"') text = !text && !comment;
    else if (character === '#') comment ||= !text;
    if (comment || text) continue;
    if (character === '(' || character === '[') depth++;
    else if (character === ')' || character === ']') depth = Math.max(0, depth - 1);
    if (depth > deepestNesting) return { from: i, to: i + 1 };
  }
  return null;
}

/** The first place inside a statement that the grammar could not make sense of. */
function brokenSpan(statement: SyntaxNode): Span | null {
  const cursor = statement.cursor();
  do {
    if (cursor.type.isError) return spanOf(cursor);
  } while (cursor.next() && cursor.from <= statement.to && cursor.to <= statement.to);
  return null;
}
