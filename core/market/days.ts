/** Ticks cut into calendar days of UTC, the pieces in which they are stored. */
import { firstAtOrAfter } from './months.ts';
import { sliceTicks, type Ticks } from './ticks.ts';
import { DAY_MS } from './timeframe.ts';

export interface DayOfTicks {
  /** `2014-05-08` */
  readonly day: string;
  readonly ticks: Ticks;
}

/** `2014-05-08` of an instant. */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** The days that have ticks, in time order; they share memory with `ticks`. */
export function splitDays(ticks: Ticks): readonly DayOfTicks[] {
  const days: DayOfTicks[] = [];
  let from = 0;
  while (from < ticks.length) {
    const firstMs = ticks.timesMs[from]!;
    const endMs = (Math.floor(firstMs / DAY_MS) + 1) * DAY_MS;
    const to = firstAtOrAfter(ticks.timesMs, endMs, from);
    days.push({ day: dayOf(firstMs), ticks: sliceTicks(ticks, from, to) });
    from = to;
  }
  return days;
}
