/** Round trips grouped by the hour, weekday or month of their entry, in UTC. */
import { DAY_MS, weekdayOf } from './calendar.ts';

export interface EntryGroup {
  readonly count: number;
  readonly wins: number;
  /** 0 … 100, null without a round trip, as the two figures below. */
  readonly winRatePct: number | null;
  readonly avgReturnPct: number | null;
  /** Money after commissions. */
  readonly profit: number;
}

export interface EntryTimes {
  /** 24 groups, midnight first. */
  readonly byHour: readonly EntryGroup[];
  /** 7 groups, Monday first. */
  readonly byWeekday: readonly EntryGroup[];
  /** 12 groups, January first. */
  readonly byMonth: readonly EntryGroup[];
}

const HOUR_MS = DAY_MS / 24;

/** `returns` and `profits` are those of the round trip that entered at the same index. */
export function entryTimes(
  entryMs: Float64Array,
  returns: Float64Array,
  profits: Float64Array,
): EntryTimes {
  const byHour = tally(24);
  const byWeekday = tally(7);
  const byMonth = tally(12);
  for (let k = 0; k < entryMs.length; k++) {
    const ms = entryMs[k]!;
    const day = Math.floor(ms / DAY_MS);
    byHour.add(Math.floor((ms - day * DAY_MS) / HOUR_MS), returns[k]!, profits[k]!);
    byWeekday.add(weekdayOf(ms), returns[k]!, profits[k]!);
    byMonth.add(new Date(ms).getUTCMonth(), returns[k]!, profits[k]!);
  }
  return { byHour: byHour.groups(), byWeekday: byWeekday.groups(), byMonth: byMonth.groups() };
}

function tally(groups: number) {
  const count = new Float64Array(groups);
  const wins = new Float64Array(groups);
  const returned = new Float64Array(groups);
  const earned = new Float64Array(groups);
  return {
    add(at: number, ratio: number, money: number): void {
      count[at]!++;
      if (money > 0) wins[at]!++;
      returned[at]! += ratio;
      earned[at]! += money;
    },
    groups: (): readonly EntryGroup[] =>
      Array.from(count, (trips, at) => ({
        count: trips,
        wins: wins[at]!,
        winRatePct: trips === 0 ? null : (wins[at]! / trips) * 100,
        avgReturnPct: trips === 0 ? null : (returned[at]! / trips) * 100,
        profit: earned[at]!,
      })),
  };
}
