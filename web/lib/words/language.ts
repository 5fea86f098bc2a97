/**
 * The words of the pages in the language that the trader chose.
 *
 * English is what stands in the code, and the key; of other languages the messages of the chosen
 * one are kept in localStorage, so that they are there, without waiting and without a network,
 * before the first module makes a word of them.
 */

/** A phrase in English, `{0}` and so on for what is filled in, to the same in another language. */
export type Messages = Readonly<Record<string, string>>;

export interface KeptMessages {
  readonly code: string;
  /** The address of the file that they are from. */
  readonly from: string;
  readonly messages: Messages;
}

const key = 'offing.messages';
/** What this page speaks until it is loaded again; null = English. */
export const spoken: KeptMessages | null = readKept();

/** The template in the chosen language, English where it has no message; nothing for null. */
export function say(english: TemplateStringsArray, ...values: readonly unknown[]): string {
  const phrase = sayKnown(phraseOf(english));
  return phrase.replaceAll(/\{(\d+)\}/g, (_, at: string) => wordOf(values[Number(at)]));
}

/** A phrase that stands elsewhere than in a template, such as the name of an indicator. */
export function sayKnown(phrase: string): string {
  return spoken?.messages[phrase] ?? phrase;
}

/** Keeps messages for the next load of a page; null for English, which needs none. */
export function keepMessages(given: KeptMessages | null): void {
  if (given) localStorage.setItem(key, JSON.stringify(given));
  else localStorage.removeItem(key);
}

/** The messages that a text holds; null where it holds something else. */
export function readMessages(text: string): Messages | null {
  try {
    const given: unknown = JSON.parse(text);
    return isMessages(given) ? given : null;
  } catch {
    return null;
  }
}

const phrases = new WeakMap<TemplateStringsArray, string>();
function phraseOf(english: TemplateStringsArray): string {
  let phrase = phrases.get(english);
  if (phrase === undefined) {
    phrase = english.reduce((made, part, at) => `${made}{${at - 1}}${part}`);
    phrases.set(english, phrase);
  }
  return phrase;
}

function wordOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value as string | number);
}

function isMessages(given: unknown): given is Messages {
  return (
    typeof given === 'object' &&
    given !== null &&
    !Array.isArray(given) &&
    Object.values(given).every((each) => typeof each === 'string')
  );
}

function readKept(): KeptMessages | null {
  try {
    const given: unknown = JSON.parse(globalThis.localStorage?.getItem(key) ?? 'null');
    if (typeof given !== 'object' || given === null) return null;
    const { code, from, messages } = given as Partial<Record<keyof KeptMessages, unknown>>;
    const isSound = typeof code === 'string' && typeof from === 'string' && isMessages(messages);
    // Own phrases only: 'constructor' is a word like any other.
    return isSound ? { code, from, messages: Object.assign(Object.create(null), messages) } : null;
  } catch {
    // Refused or damaged: English stands.
    return null;
  }
}
