/** Words of the language, in any case: some always, some only where the grammar expects them. */
import type { Stack } from '@lezer/lr';
import * as terms from './parser.terms.gen.ts';

const reserved: ReadonlyMap<string, number> = new Map([
  ['input', terms.Input],
  ['let', terms.Let],
  ['enter', terms.Enter],
  ['exit', terms.Exit],
  ['stop', terms.Stop],
  ['target', terms.Target],
  ['size', terms.Size],
  ['when', terms.When],
  ['and', terms.And],
  ['or', terms.Or],
  ['not', terms.Not],
  ['long', terms.Long],
  ['short', terms.Short],
]);

// A trader may well call an input `risk` or `step`, so these are words only in their places.
const contextual: ReadonlyMap<string, number> = new Map([
  ['from', terms.From],
  ['to', terms.To],
  ['step', terms.Step],
  ['of', terms.Of],
  ['at', terms.At],
  ['risk', terms.Risk],
  ['lot', terms.Lots],
  ['lots', terms.Lots],
  ['unit', terms.Units],
  ['units', terms.Units],
  ['pip', terms.Pips],
  ['pips', terms.Pips],
  ['point', terms.Points],
  ['points', terms.Points],
  ['on', terms.On],
  ['for', terms.For],
  ['in', terms.In],
  ['function', terms.Function],
  ['plot', terms.Plot],
  ['as', terms.As],
  ['price', terms.Price],
  ['own', terms.Own],
  ['pane', terms.Pane],
  ['trail', terms.Trail],
  ['breakeven', terms.Breakeven],
  ['take', terms.Take],
  ['positions', terms.Positions],
  ['one', terms.One],
  ['cancels', terms.Cancels],
  ['other', terms.Other],
  ['limit', terms.Limit],
  ['bar', terms.Bars],
  ['bars', terms.Bars],
  ['after', terms.After],
  ['lock', terms.Lock],
  ['r', terms.Multiple],
  ['volatility', terms.Volatility],
  ['kelly', terms.Kelly],
  ['over', terms.Over],
  ['trip', terms.Trips],
  ['trips', terms.Trips],
  ['else', terms.Else],
]);

/** Words that can never be the name of an input or a `let`. */
export const reservedWords: readonly string[] = [...reserved.keys()];

/** Words that mean something in one place and may be names everywhere else. */
export const contextualWords: readonly string[] = [...contextual.keys()];

/** Words that begin a statement. */
export const statementWords: readonly string[] = [
  'input',
  'let',
  'function',
  'enter',
  'exit',
  'stop',
  'target',
  'trail',
  'breakeven',
  'take',
  'size',
  'positions',
  'one',
  'plot',
];

/** The grammar's term for a word, -1 where it is a plain name. */
export function keyword(word: string, stack: Stack): number {
  const lower = word.toLowerCase();
  const always = reserved.get(lower);
  if (always !== undefined) return always;
  const here = contextual.get(lower);
  return here !== undefined && stack.canShift(here) ? here : -1;
}
