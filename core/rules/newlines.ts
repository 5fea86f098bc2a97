/** Where a line break ends a statement, and where the statement goes on in the next line. */
import { ExternalTokenizer, type InputStream } from '@lezer/lr';
import { newline, softNewline } from './parser.terms.gen.ts';

const lineFeed = 10;
const beginsStatement = /^(input|let|enter|exit|stop|target|size)$/i;
/** These may be names too; they begin a rule where a word or a number follows. */
const mayBegin = /^(trail|breakeven|take|positions|one|plot|function)$/i;
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
    const { text: next, followed } = nextLineStart(input);
    const complete = stack.canShift(newline);
    const ends = complete
      ? !goesOn.test(next) && (next === '' || !operators.includes(next))
      : beginsStatement.test(next) || (followed && mayBegin.test(next));
    input.acceptToken(ends ? newline : softNewline, 1);
  },
  { contextual: true },
);

/**
 * The word or the sign that the next line begins with, empty for a blank line, and whether a word
 * or a number follows it.
 */
function nextLineStart(input: InputStream): { readonly text: string; readonly followed: boolean } {
  let at = 1;
  while (isSpace(input.peek(at))) at++;
  const first = input.peek(at);
  if (first < 0 || first === lineFeed) return { text: '', followed: false };
  let text = String.fromCharCode(first);
  while (isWord(text) && text.length <= longestWord && isWordCode(input.peek(++at))) {
    text += String.fromCharCode(input.peek(at));
  }
  const end = at;
  while (isSpace(input.peek(at))) at++;
  return { text, followed: at > end && isWordCode(input.peek(at)) };
}

const isSpace = (code: number): boolean =>
  code === 32 || code === 9 || code === 13 || code === 0xa0 || code === 0xfeff;
const isWordCode = (code: number): boolean => code > 0 && isWord(String.fromCharCode(code));
const isWord = (text: string): boolean => /^\w+$/.test(text);
