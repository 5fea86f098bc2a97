/** Which trading day a bar belongs to, and what the days before it came to. */
import type { HighLowClose } from './high-low-close.ts';
import { recall, type Memory } from './memory.ts';

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
  memory?: Memory,
): HighLowClose {
  const length = close.length;
  const before = {
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
  };
  const kept = recall(memory, () => {
    const today = { day: NaN, dayTop: -Infinity, dayBottom: Infinity, dayClose: NaN };
    return { ...today, top: NaN, bottom: NaN, last: NaN };
  });
  let { day, dayTop, dayBottom, dayClose, top, bottom, last } = kept;
  for (let i = 0; i < length; i++) {
    const today = tradingDay(openMs[i]!, dayStart);
    if (today > day) {
      [top, bottom, last] = [dayTop, dayBottom, dayClose];
      [dayTop, dayBottom] = [-Infinity, Infinity];
    }
    day = today;
    dayTop = Math.max(dayTop, high[i]!);
    dayBottom = Math.min(dayBottom, low[i]!);
    dayClose = close[i]!;
    before.high[i] = top;
    before.low[i] = bottom;
    before.close[i] = last;
  }
  Object.assign(kept, { day, dayTop, dayBottom, dayClose, top, bottom, last });
  return before;
}
