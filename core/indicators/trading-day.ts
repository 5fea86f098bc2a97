/** Which trading day a bar belongs to, and what the days before it came to. */
import type { HighLowClose } from './high-low-close.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Number of the day that a time falls in, days beginning at the hour `dayStart`, UTC. */
export function tradingDay(timeMs: number, dayStart: number): number {
  return Math.floor((timeMs - dayStart * hourMs) / dayMs);
}

/**
 * High, low and close of the last complete day with bars before the day of each bar, in price
 * units; NaN on the first day there is.
 */
export function previousDay(
  { high, low, close }: HighLowClose,
  openMs: Float64Array,
  dayStart: number,
): HighLowClose {
  const length = close.length;
  const before = {
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
  };
  let [top, bottom, last] = [NaN, NaN, NaN];
  let [dayTop, dayBottom] = [-Infinity, Infinity];
  for (let i = 0; i < length; i++) {
    const begins = i > 0 && tradingDay(openMs[i]!, dayStart) > tradingDay(openMs[i - 1]!, dayStart);
    if (begins) {
      [top, bottom, last] = [dayTop, dayBottom, close[i - 1]!];
      [dayTop, dayBottom] = [-Infinity, Infinity];
    }
    dayTop = Math.max(dayTop, high[i]!);
    dayBottom = Math.min(dayBottom, low[i]!);
    before.high[i] = top;
    before.low[i] = bottom;
    before.close[i] = last;
  }
  return before;
}
