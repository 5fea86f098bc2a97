/** What was closed on each day, found by the day: a year asks for hundreds of them. */
import type { JournalDay } from '#workers/journal/api.ts';

/** One for each currency. */
export function resultsByDay(
  days: readonly JournalDay[],
): ReadonlyMap<string, readonly JournalDay[]> {
  const found = new Map<string, JournalDay[]>();
  for (const each of days) {
    const there = found.get(each.day);
    if (there) there.push(each);
    else found.set(each.day, [each]);
  }
  return found;
}
