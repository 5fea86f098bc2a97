/** Says what is wrong with a statement the grammar could not read, and how it is written. */
import { example, explainBeginning, type Explanation } from './explain-beginning.ts';
import { explainValues } from './explain-values.ts';
import { statementWords } from './keywords.ts';
import type { Report } from './report.ts';
import type { Span } from './syntax.ts';
import { tokensOf, type Token } from './tokens.ts';

/** In one statement; the grammar gives up on a chain of many hundreds. */
const mostTokens = 500;

/** Reports the statement at `span`; `broken` is the first place the grammar stumbled over. */
export function explainSyntax(source: string, span: Span, broken: Span, report: Report): void {
  const tokens = tokensOf(source, span);
  const first = tokens[0];
  if (!first) return;
  if (tokens.length > mostTokens) {
    report.error(span, 'This rule is too long to be read.', 'Name its parts with let.');
    return;
  }
  const found =
    explainBeginning(tokens) ??
    explainBrackets(tokens) ??
    explainValues(tokens) ??
    explainPlace(tokens, broken);
  report.error(found.at, found.reason, found.suggestion);
}

function explainBrackets(tokens: readonly Token[]): Explanation | null {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.text === '(' || token.text === '[') open.push(token);
    if (token.text !== ')' && token.text !== ']') continue;
    const partner = open.pop();
    const wanted = partner?.text === '(' ? ')' : ']';
    if (!partner) {
      return { at: token, reason: 'This bracket closes nothing.', suggestion: 'Take it away.' };
    }
    if (token.text !== wanted) {
      return {
        at: token,
        reason: `The bracket ${partner.text} is still open.`,
        suggestion: wanted,
      };
    }
  }
  const last = open.at(-1);
  if (!last) return null;
  const closing = last.text === '(' ? ')' : ']';
  return {
    at: last,
    reason: 'This bracket is never closed.',
    suggestion: `Write ${closing} where it ends.`,
  };
}

const otherSigns: Readonly<Record<string, readonly [reason: string, suggestion: string]>> = {
  '=': ['A single = gives a name; two values are compared with ==.', '=='],
  '&&': ['Two conditions are joined with and.', 'and'],
  '||': ['Of two conditions one is enough with or.', 'or'],
  '&': ['Two conditions are joined with and.', 'and'],
  '|': ['Of two conditions one is enough with or.', 'or'],
  '!': ['A condition is turned around with not.', 'not'],
  '<>': ['Two values are told apart with !=.', '!='],
  ';': ['Each rule stands on a line of its own.', 'Begin a new line here.'],
  '{': ['Rules have no braces.', 'Take it away.'],
  '}': ['Rules have no braces.', 'Take it away.'],
  '"': ['This text is never closed.', 'Write " where it ends.'],
  "'": ['A text stands between double quotes.', '"'],
  '^': ['There is no sign for powers.', 'Multiply instead: x * x.'],
};

/** What stands where the grammar stumbled, or what is missing there. */
function explainPlace(tokens: readonly Token[], broken: Span): Explanation {
  const first = tokens[0]!;
  const index = tokens.findIndex((token) => token.to > broken.from);
  const at = tokens[index];
  const before = index < 0 ? tokens.at(-1)! : tokens[index - 1];
  const foreign = [at, before].find((token) => token && Object.hasOwn(otherSigns, token.text));
  if (foreign) {
    const [reason, suggestion] = otherSigns[foreign.text]!;
    return { at: foreign, reason, suggestion };
  }
  const suggestion = example(first.text);
  if (at && before && statementWords.includes(at.text.toLowerCase())) {
    const reason = `${at.text} begins a rule of its own.`;
    return { at, reason, suggestion: 'Begin a new line before it.' };
  }
  if (!at)
    return { at: before!, reason: `Something is missing after ${before!.text}.`, suggestion };
  if (before && at.kind !== 'sign' && (before.kind !== 'sign' || /^[)\]%]$/.test(before.text))) {
    const reason = `${at.text} cannot follow ${before.text}: an operator or a comma is missing.`;
    return { at, reason, suggestion };
  }
  if (before && at.kind === 'sign' && !/^[([-]$/.test(at.text)) {
    return { at: before, reason: `Something is missing after ${before.text}.`, suggestion };
  }
  return { at, reason: `${at.text} cannot stand here.`, suggestion };
}
