/** The days on which the trader wrote a plan or a review. */
import { database } from '../state/database.ts';
import { templateKey, type DayRole } from './day-store.ts';
import { isWritten } from './day-written.ts';

export async function writtenDays(role: DayRole): Promise<readonly string[]> {
  const template = await database.settings.get(templateKey(role));
  const begin = `${role} `;
  const notes = await database.notes.where('id').startsWith(begin).toArray();
  return notes
    .filter((note) => isWritten(note, template?.value))
    .map(({ id }) => id.slice(begin.length));
}
