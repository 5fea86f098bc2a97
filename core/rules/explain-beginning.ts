/** Says what is wrong with the beginning of a statement: its word, its name, its side. */
import { reservedWords, statementWords } from './keywords.ts';
import { nearestName } from './nearest-name.ts';
import type { Span } from './syntax.ts';
import type { Token } from './tokens.ts';

export interface Explanation {
  readonly at: Span;
  readonly reason: string;
  readonly suggestion: string;
}

/** How each statement is written. */
export const statementForms: Readonly<Record<string, string>> = {
  input: 'input fast = 10',
  let: 'let average = sma(close, 20)',
  function: 'function spread(a, b) = abs(a - b)',
  enter: 'enter long when close > open',
  exit: 'exit long when close < open',
  stop: 'stop 5% of close',
  target: 'target 10% of close',
  trail: 'trail 2 * atr(14)',
  breakeven: 'breakeven after 1 R',
  take: 'take 50% at 1 R',
  size: 'size 100% of equity',
  positions: 'positions 3',
  one: 'one cancels other',
  plot: 'plot close - open as "body"',
};

/** null where the beginning is right. */
export function explainBeginning(tokens: readonly Token[]): Explanation | null {
  return (
    explainStart(tokens) ??
    explainName(tokens) ??
    explainFunction(tokens) ??
    explainSide(tokens) ??
    explainInput(tokens)
  );
}

/** How the statement of a word is written; empty for another word. */
export function example(word: string): string {
  const form = statementForms[word.toLowerCase()];
  return form ? `It is written like this: ${form}.` : '';
}

/** What other languages and traders say instead. */
const otherWords: ReadonlyMap<string, string> = new Map([
  ['buy', 'enter long'],
  ['long', 'enter long'],
  ['sell', 'enter short'],
  ['short', 'enter short'],
  ['close', 'exit'],
  ['cover', 'exit short'],
  ['if', 'enter long when'],
  ['when', 'enter long when'],
  ['var', 'let'],
  ['const', 'let'],
  ['param', 'input'],
  ['parameter', 'input'],
  ['sl', 'stop'],
  ['stoploss', 'stop'],
  ['tp', 'target'],
  ['takeprofit', 'target'],
  ['trailing', 'trail'],
  ['trailing_stop', 'trail'],
  ['def', 'function'],
  ['func', 'function'],
  ['draw', 'plot'],
  ['oco', 'one cancels other'],
  ['pyramiding', 'positions'],
]);

function explainStart(tokens: readonly Token[]): Explanation | null {
  const [first, second] = tokens as [Token, Token?];
  const word = first.text.toLowerCase();
  if (statementWords.includes(word)) return null;
  if (first.kind === 'word' && second?.text === '=') {
    const reason = `A name is given with let, or with input where it is a number to be tuned.`;
    return { at: first, reason, suggestion: `let ${first.text}` };
  }
  const near = otherWords.get(word) ?? nearestName(word, statementWords);
  const list = `${statementWords.slice(0, -1).join(', ')} or ${statementWords.at(-1)!}`;
  return { at: first, reason: `A rule begins with ${list}.`, suggestion: near ?? '' };
}

function explainName(tokens: readonly Token[]): Explanation | null {
  const [first, second, third] = tokens as [Token, Token?, Token?];
  const word = first.text.toLowerCase();
  if (word !== 'let' && word !== 'input') return null;
  if (!second || second.kind !== 'word') {
    return {
      at: second ?? first,
      reason: `After ${word} comes a name.`,
      suggestion: example(word),
    };
  }
  if (reservedWords.includes(second.text.toLowerCase())) {
    const reason = `${second.text} is a word of the language and cannot be a name.`;
    return { at: second, reason, suggestion: `my_${second.text.toLowerCase()}` };
  }
  if (third?.text !== '=') {
    const reason = `After the name comes = and its value.`;
    const equal = third?.text === '==' || third?.text === ':';
    return { at: third ?? second, reason, suggestion: equal ? '=' : example(word) };
  }
  if (tokens.length === 3) {
    return {
      at: third,
      reason: `The value of ${second.text} is missing.`,
      suggestion: example(word),
    };
  }
  return null;
}

function explainFunction(tokens: readonly Token[]): Explanation | null {
  const [first, name, open] = tokens as [Token, Token?, Token?];
  if (first.text.toLowerCase() !== 'function') return null;
  const suggestion = example('function');
  if (name?.kind !== 'word') {
    return { at: name ?? first, reason: 'After function comes its name.', suggestion };
  }
  if (reservedWords.includes(name.text.toLowerCase())) {
    const reason = `${name.text} is a word of the language and cannot be a name.`;
    return { at: name, reason, suggestion: `my_${name.text.toLowerCase()}` };
  }
  if (open?.text !== '(') {
    const reason =
      'After the name of a function come its values in brackets, also where it has none.';
    return { at: name, reason, suggestion };
  }
  const close = tokens.findIndex((token) => token.text === ')');
  if (close > 0 && tokens[close + 1]?.text !== '=') {
    const reason = 'After the brackets comes = and what the function stands for.';
    return { at: tokens[close]!, reason, suggestion };
  }
  return null;
}

function explainSide(tokens: readonly Token[]): Explanation | null {
  const [first] = tokens as [Token];
  const word = first.text.toLowerCase();
  if (word !== 'enter' && word !== 'exit') return null;
  const sided = /^(long|short)$/i.test(tokens[1]?.text ?? '');
  if (word === 'enter' && !sided) {
    const reason = 'An entry says which side it takes: long or short.';
    return { at: first, reason, suggestion: `${first.text} long` };
  }
  const when = tokens[sided ? 2 : 1];
  const next = when?.text.toLowerCase();
  if (word === 'enter' && (next === 'stop' || next === 'limit')) return explainWaiting(tokens);
  if (word === 'exit' && next === 'after') {
    if (/^bars?$/i.test(tokens.at(-1)!.text)) return null;
    const reason = 'After how many bars a position closes ends with the word bars.';
    return { at: tokens.at(-1)!, reason, suggestion: 'For example: exit after 20 bars.' };
  }
  if (when?.text.toLowerCase() !== 'when') {
    const before = tokens[sided ? 1 : 0]!;
    const reason = `After ${word}${sided ? ` ${tokens[1]!.text}` : ''} comes when and a condition.`;
    if (word === 'enter' && next === 'at') {
      return {
        at: when!,
        reason: 'An order that waits is a stop or a limit.',
        suggestion: 'stop at',
      };
    }
    if (word === 'enter' && next === 'market') {
      const reason = 'An entry without stop or limit is made at the market.';
      return { at: when!, reason, suggestion: 'Take it away.' };
    }
    const isIf = when?.text.toLowerCase() === 'if';
    return isIf
      ? { at: when!, reason, suggestion: 'when' }
      : { at: before, reason, suggestion: when ? `${before.text} when` : example(word) };
  }
  if (tokens.at(-1) === when) {
    return { at: when, reason: 'After when comes a condition.', suggestion: example(word) };
  }
  return null;
}

const waitingForm =
  'For example: enter long stop at highest(high, 20) for 5 bars when close > open.';

function explainWaiting(tokens: readonly Token[]): Explanation | null {
  const order = tokens[2]!;
  const place = tokens[3];
  if (place?.text.toLowerCase() !== 'at') {
    const reason = `After ${order.text} comes at and the price that is waited for.`;
    return { at: order, reason, suggestion: place ? `${order.text} at` : waitingForm };
  }
  const when = tokens.findIndex((token) => token.text.toLowerCase() === 'when');
  if (when < 0) {
    const reason = 'An entry says when it is made: when and a condition are missing.';
    return { at: tokens.at(-1)!, reason, suggestion: waitingForm };
  }
  if (when === tokens.length - 1) {
    return { at: tokens[when]!, reason: 'After when comes a condition.', suggestion: waitingForm };
  }
  const waits = tokens.findIndex((token) => token.text.toLowerCase() === 'for');
  if (waits > 0 && waits < when && !/^bars?$/i.test(tokens[when - 1]!.text)) {
    const reason = 'How long an order waits ends with the word bars.';
    return { at: tokens[when - 1]!, reason, suggestion: waitingForm };
  }
  return null;
}

function explainInput(tokens: readonly Token[]): Explanation | null {
  const [first, , , value] = tokens as [Token, Token?, Token?, Token?];
  if (first.text.toLowerCase() !== 'input' || !value) return null;
  if (value.kind === 'number' || value.text === '-') return null;
  const reason = 'An input is a plain number; what is computed is named with let.';
  return { at: value, reason, suggestion: example('input') };
}
