/** Whether a plan or a review says anything. */
import type { Note } from '#core/collections/note.ts';
import { excerptLength } from '../notes/note-words.ts';

/**
 * True for a text beyond the template that it began with.
 *
 * Where two devices began a day's note, the later may have put its empty beginning in the place of
 * the other's: then it counts that somebody wrote on.
 */
export function isWritten(
  { excerpt, text }: Pick<Note, 'excerpt' | 'text'>,
  template: unknown,
): boolean {
  const begun = typeof template === 'string' ? template.slice(0, excerptLength).trim() : '';
  const said = excerpt.trim();
  if (said !== '' && said !== begun) return true;
  return new Set(text).size > (begun === '' ? 0 : 1);
}
