/** Days of the clock that the trader reads times by. */
import { aheadMs, type TimeDisplay } from '../words/times.ts';

/** The zone as `core/market/zone.ts` knows it. */
export function zoneOf(display: TimeDisplay): string {
  if (display === 'utc') return 'UTC';
  if (display === 'local') return Intl.DateTimeFormat().resolvedOptions().timeZone;
  return display.slice('zone:'.length);
}

const dayMs = 86_400_000;

/** A day as it stands in an address; null for what is none, as the 31st of a short month. */
export function dayNamed(text: string | null): string | null {
  const atMs = /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? Date.parse(text!) : NaN;
  return !Number.isNaN(atMs) && dayOf(atMs) === text ? text : null;
}

/** When a day such as `2026-11-27` begins; null for what is none. */
export function beginOfDay(day: string, display: TimeDisplay): number | null {
  const atUtc = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : NaN;
  if (Number.isNaN(atUtc)) return null;
  const guess = atUtc - aheadMs(atUtc, display);
  return atUtc - aheadMs(guess, display);
}

/** When the shown clock stands at a time such as `2026-11-27T10:30`; null for what is none. */
export function instantOf(wall: string, display: TimeDisplay): number | null {
  const atUtc = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) ? Date.parse(`${wall}Z`) : NaN;
  if (Number.isNaN(atUtc)) return null;
  const guess = atUtc - aheadMs(atUtc, display);
  return atUtc - aheadMs(guess, display);
}

/** When the day after it begins. */
export function endOfDay(day: string, display: TimeDisplay): number | null {
  const begin = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : NaN;
  if (Number.isNaN(begin)) return null;
  return beginOfDay(new Date(begin + dayMs).toISOString().slice(0, 10), display);
}

export interface MonthDay {
  /** `2026-11-27`. */
  readonly day: string;
  readonly isOfMonth: boolean;
}

/** The weeks of a month such as `2026-11`, from Monday, whole at both ends. */
export function weeksOf(month: string): readonly (readonly MonthDay[])[] {
  const first = Date.parse(`${month}-01`);
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * dayMs;
  const weeks: MonthDay[][] = [];
  for (let at = monday; at === monday || dayOf(at).startsWith(month); at += 7 * dayMs) {
    weeks.push(
      Array.from({ length: 7 }, (_, i) => {
        const day = dayOf(at + i * dayMs);
        return { day, isOfMonth: day.startsWith(month) };
      }),
    );
  }
  return weeks;
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The month so many after another. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The months of a year such as `2026`. */
export function monthsOf(year: string): readonly string[] {
  return Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);
}
