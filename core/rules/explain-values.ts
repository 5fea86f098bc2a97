/** Says what is wrong inside the values of a statement: other bars, lists, hours, orders and distances. */
import { example, type Explanation } from './explain-beginning.ts';
import type { Token } from './tokens.ts';

/** null where nothing that is known of is wrong. */
export function explainValues(tokens: readonly Token[]): Explanation | null {
  return (
    explainOrderWords(tokens) ?? explainOn(tokens) ?? explainFor(tokens) ?? explainHours(tokens)
  );
}

const wordOf = (token: Token | undefined): string => token?.text.toLowerCase() ?? '';

/** Words that each statement of orders needs in their places. */
function explainOrderWords(tokens: readonly Token[]): Explanation | null {
  const [first, second] = tokens as [Token, Token?];
  const suggestion = example(first.text);
  const word = wordOf(first);
  if (word === 'breakeven' && second && wordOf(second) !== 'after') {
    const reason = 'After breakeven comes after and a distance.';
    return { at: first, reason, suggestion: `${first.text} after` };
  }
  if (word === 'trail' && wordOf(second) === 'stop') {
    const reason = 'What trails is the stop, so that the word is not needed.';
    return { at: second!, reason, suggestion: 'Take it away.' };
  }
  if (word === 'positions' && second?.text === '=') {
    const reason = 'After positions comes their number alone.';
    return { at: second, reason, suggestion: 'Take it away.' };
  }
  if (word === 'take' && !tokens.some((token) => wordOf(token) === 'at')) {
    const reason = 'After the part that is taken come at and a distance.';
    return { at: tokens.at(-1)!, reason, suggestion };
  }
  return word === 'enter' ? explainLateOrder(tokens) : null;
}

function explainLateOrder(tokens: readonly Token[]): Explanation | null {
  const when = tokens.findIndex((token) => wordOf(token) === 'when');
  const late = tokens.find(
    (token, index) => index > when && when > 0 && /^(stop|limit)$/i.test(token.text),
  );
  if (!late || wordOf(tokens[tokens.indexOf(late) + 1]) !== 'at') return null;
  const reason = 'The price that an entry waits for stands before when.';
  return {
    at: late,
    reason,
    suggestion: 'For example: enter long stop at high when close > open.',
  };
}

function explainOn(tokens: readonly Token[]): Explanation | null {
  const index = tokens.findLastIndex((token) => wordOf(token) === 'on');
  const on = tokens[index];
  if (!on || index < 2) return null;
  const [next, after] = [tokens[index + 1], tokens[index + 2]];
  const reason = 'After on comes a timeframe, or a symbol in quotes.';
  if (!next) return { at: on, reason, suggestion: 'For example: sma(close, 20) on D1.' };
  if (next.kind !== 'number') return null;
  const letter = after?.kind === 'word' && after.from === next.to ? after.text : '';
  const known = /^(m|h|d|w|mn)$/i.test(letter);
  return {
    at: { from: next.from, to: letter ? after!.to : next.to },
    reason: 'A timeframe begins with its letter.',
    suggestion: known ? `${letter.toUpperCase()}${next.text}` : 'For example: M15, H4, D1 or W1.',
  };
}

const listForm = 'For example: max_of(sma(close, n) for n in [10, 20, 50]).';

function explainFor(tokens: readonly Token[]): Explanation | null {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text === '(' || token.text === '[') depth++;
    if (token.text === ')' || token.text === ']') depth--;
    if (wordOf(token) !== 'for' || tokens[index + 1]?.kind !== 'word') continue;
    // An entry waits for a number of bars.
    if (/^bars?$/.test(wordOf(tokens[index + 2]))) continue;
    if (depth === 0) {
      const reason = 'A list stands in square brackets, or in those of a function of lists.';
      return { at: token, reason, suggestion: listForm };
    }
    if (wordOf(tokens[index + 2]) !== 'in') {
      const name = tokens[index + 1]!;
      const reason = 'After for and a name come in and a list.';
      return { at: name, reason, suggestion: `${name.text} in` };
    }
  }
  return null;
}

function explainHours(tokens: readonly Token[]): Explanation | null {
  const colon = tokens.findIndex(
    (token, index) =>
      token.text === ':' &&
      tokens[index - 1]?.kind === 'number' &&
      tokens[index + 1]?.kind === 'number',
  );
  if (colon < 0) return null;
  const at = { from: tokens[colon - 1]!.from, to: tokens[colon + 1]!.to };
  const suggestion = 'For example: session("08:00-16:30", "Europe/London").';
  return { at, reason: 'Hours stand in quotes.', suggestion };
}
