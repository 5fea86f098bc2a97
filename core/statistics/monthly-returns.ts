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
  const last = dayEndBars.length - 1;
  let before = startCash;
  let year = 0;
  let month = 0;
  let nextMonthMs = -Infinity;
  for (let k = 0; k <= last; k++) {
    const bar = dayEndBars[k]!;
    if (timesMs[bar]! >= nextMonthMs) {
      const date = new Date(timesMs[bar]!);
      year = date.getUTCFullYear();
      month = date.getUTCMonth();
      nextMonthMs = Date.UTC(year, month + 1);
    }
    if (k < last && timesMs[dayEndBars[k + 1]!]! < nextMonthMs) continue;
    const after = equity[bar]!;
    months.push({ year, month, ratio: before > 0 ? after / before - 1 : 0 });
    before = after;
  }
  return months;
}
