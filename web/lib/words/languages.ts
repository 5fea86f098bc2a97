/** The languages of the pages: each is a message file beside this one, and a line here. */
import indonesian from './messages/id.json?url';

export interface Language {
  readonly code: string;
  /** In itself, as whoever looks for it would write it. */
  readonly name: string;
  /** Where its messages lie, a new address for each version of them; null: it stands in the code. */
  readonly messages: string | null;
}

export const languages: readonly Language[] = [
  { code: 'en', name: 'English', messages: null },
  { code: 'id', name: 'Bahasa Indonesia', messages: indonesian },
];

export function findLanguage(code: string): Language | undefined {
  return languages.find((each) => each.code === code);
}
