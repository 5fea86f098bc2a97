/** Where a line break ends a statement, and where the statement goes on in the next line. */
import { ExternalTokenizer, type InputStream } from '@lezer/lr';
import { newline, softNewline } from './parser.terms.gen.ts';

const lineFeed = 10;
const beginsStatement =
  /^(input|let|enter|exit|stop|target|size|trail|breakeven|take|positions|one|plot|function)$/i;
const goesOn = /^(and|or|when|of|on|for|in|limit|after|lock|over|else|as)$/i;
const operators = ')],.*/+-<>=!%';
const longestWord = 9;

/**
 * A break ends the statement when the statement is complete or the next line begins another,
 * so that a forgotten parenthesis spoils its own line alone. It is blank space inside brackets,
 * after an operator, and before a line that begins with one.
 */
export const newlines = new ExternalTokenizer(
  (input, stack) => {
    if (input.next !== lineFeed) return;
    const next = nextLineStart(input);
    const complete = stack.canShift(newline);
    const ends = complete
      ? !goesOn.test(next) && (next === '' || !operators.includes(next))
      : beginsStatement.test(next);
    input.acceptToken(ends ? newline : softNewline, 1);
  },
  { contextual: true },
);

/** The word or the sign that the next line begins with; empty for a blank line. */
function nextLineStart(input: InputStream): string {
  let at = 1;
  while (isSpace(input.peek(at))) at++;
  const first = input.peek(at);
  if (first < 0 || first === lineFeed) return '';
  let text = String.fromCharCode(first);
  while (isWord(text) && text.length <= longestWord && isWordCode(input.peek(++at))) {
    text += String.fromCharCode(input.peek(at));
  }
  return text;
}

const isSpace = (code: number): boolean =>
  code === 32 || code === 9 || code === 13 || code === 0xa0 || code === 0xfeff;
const isWordCode = (code: number): boolean => code > 0 && isWord(String.fromCharCode(code));
const isWord = (text: string): boolean => /^\w+$/.test(text);
