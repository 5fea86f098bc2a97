/** Values for the inputs that a rule text declares, and what is wrong with one as typed. */
import type { ProgramInput } from '#core/rules/compile.ts';
import { plainNumber } from './figures.ts';
import { notNumberWords, readNumber } from '../ui/typed-number.ts';
import { say } from '../words/language.ts';

/** Words for a value that cannot be used, else null. */
export function inputFault(input: ProgramInput, text: string): string | null {
  const value = readNumber(text);
  if (value === null) return notNumberWords(text);
  if (input.integer && !Number.isInteger(value)) return say`A whole number: it counts bars.`;
  if (input.min !== undefined && value < input.min) return say`At least ${plainNumber(input.min)}.`;
  if (input.max !== undefined && value > input.max) return say`At most ${plainNumber(input.max)}.`;
  return null;
}

/** The values that differ from the text's own, of inputs it still declares. */
export function keptInputs(
  declared: readonly ProgramInput[],
  values: Readonly<Record<string, number>>,
): Record<string, number> {
  const defaults = new Map(declared.map((input) => [input.name, input.default]));
  const kept = Object.entries(values).filter(
    ([name, value]) => defaults.has(name) && defaults.get(name) !== value,
  );
  return Object.fromEntries(kept);
}

/** `10 to 50`, or nothing where the text states no range. */
export function rangeText(input: ProgramInput): string {
  if (input.min === undefined || input.max === undefined) return '';
  return say`${plainNumber(input.min)} to ${plainNumber(input.max)}`;
}
