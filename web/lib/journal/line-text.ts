/** What is typed as one line, as it is kept. */
import { storable } from '../notes/note-words.ts';

/** One line of at most so many characters. */
export function lineText(text: string, longest: number): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trimStart();
  return storable(line.slice(0, longest)).trimEnd();
}
