/** Bars cut into calendar months of UTC, the pieces in which they are stored. */
import { sliceBars, type Bars } from './bars.ts';

export interface MonthOfBars {
  /** `2014-05` */
  readonly month: string;
  /** Index of its first bar. */
  readonly from: number;
  readonly bars: Bars;
}

/** `2014-05` of an instant. */
export function monthOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 7);
}

/** The months that have bars, in time order; they share memory with `bars`. */
export function splitMonths(bars: Bars): readonly MonthOfBars[] {
  const months: MonthOfBars[] = [];
  let from = 0;
  while (from < bars.length) {
    const first = new Date(bars.timesMs[from]!);
    const endMs = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1);
    const to = firstAtOrAfter(bars.timesMs, endMs, from);
    months.push({ month: monthOf(first.getTime()), from, bars: sliceBars(bars, from, to) });
    from = to;
  }
  return months;
}

/** Index of the first of `timesMs`, which rise, that is not before `timeMs`. */
export function firstAtOrAfter(timesMs: Float64Array, timeMs: number, from = 0): number {
  let low = from;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
