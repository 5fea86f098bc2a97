/** Results of days: found by the day, as a year asks for hundreds of them, and added up. */
import type { JournalDay } from '#workers/journal/api.ts';
import { toneOf } from './trip-words.ts';

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

export interface CurrencySum {
  readonly currency: string | null;
  readonly net: number;
}

/** Of the days of a month or a year such as `2026-11` or `2026`; money of two currencies never adds up. */
export function netByCurrency(days: readonly JournalDay[], within: string): readonly CurrencySum[] {
  const sums = new Map<string | null, number>();
  for (const { day, currency, net } of days) {
    if (day.startsWith(within)) sums.set(currency, (sums.get(currency) ?? 0) + net);
  }
  return Array.from(sums, ([currency, net]) => ({ currency, net }));
}

/** Won or lost where no currency says otherwise; undefined where it came to nothing. */
export function dayTone(results: readonly CurrencySum[]): 'up' | 'down' | 'mixed' | undefined {
  const tones = new Set(results.flatMap(({ net }) => toneOf(net) ?? []));
  return tones.size > 1 ? 'mixed' : [...tones][0];
}
