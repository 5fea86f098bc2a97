/** What each calendar month made, in UTC, chained from the starting cash to the last bar. */

export interface MonthReturn {
  readonly year: number;
  /** 0 = January. */
  readonly month: number;
  /** 0.01 is 1 %; 0 where equity was gone before the month began. */
  readonly ratio: number;
}

/** One entry a month that has bars, in order; `dayEndBars` are the last bars of the UTC days. */
export function monthlyReturns(
  equity: Float64Array,
  timesMs: Float64Array,
  dayEndBars: Int32Array,
  startCash: number,
): readonly MonthReturn[] {
  const months: MonthReturn[] = [];
  let before = startCash;
  for (let k = 0; k < dayEndBars.length; k++) {
    const bar = dayEndBars[k]!;
    const date = new Date(timesMs[bar]!);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    const next = k + 1 < dayEndBars.length ? new Date(timesMs[dayEndBars[k + 1]!]!) : null;
    if (next?.getUTCMonth() === month && next.getUTCFullYear() === year) continue;
    const after = equity[bar]!;
    months.push({ year, month, ratio: before > 0 ? after / before - 1 : 0 });
    before = after;
  }
  return months;
}
