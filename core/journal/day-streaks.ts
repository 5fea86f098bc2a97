/** How many days in a row something was done, and which days there are around one. */

const dayMs = 86_400_000;

/** The day so many after another, such as `2026-11-27`. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** Most markets rest then: what is not done on such a day is not missed. */
export function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(day).getUTCDay());
}

export interface Streak {
  /** Days in a row up to `today`, which may still be done. */
  readonly now: number;
  readonly longest: number;
}

/**
 * The streak of the days on which something was done. Saturdays and Sundays count where it was
 * done and break nothing where it was not; days after `today` count for nothing.
 */
export function streakOf(done: Iterable<string>, today: string): Streak {
  const days = [...new Set(done)].filter((day) => day <= today).sort();
  let [run, longest] = [0, 0];
  let before: string | null = null;
  for (const day of days) {
    run = before !== null && isUnbroken(before, day) ? run + 1 : 1;
    longest = Math.max(longest, run);
    before = day;
  }
  const isGoing = before !== null && (before === today || isUnbroken(before, today));
  return { now: isGoing ? run : 0, longest };
}

/** True where no day that counts lies between the two. */
function isUnbroken(from: string, until: string): boolean {
  // After three days there was one of the week.
  for (let at = 1; at <= 3; at++) {
    const day = dayAfter(from, at);
    if (day >= until) return true;
    if (!isWeekend(day)) return false;
  }
  return false;
}
