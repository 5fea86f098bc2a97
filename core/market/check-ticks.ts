/** Whether ticks can be true, whoever made them: for ticks that come from outside in our own format. */
import type { Ticks } from './ticks.ts';

/** What is wrong first, in words; null when nothing is. */
export function faultOfTicks({ length, timesMs, bid, ask, volume }: Ticks): string | null {
  for (let i = 0; i < length; i++) {
    if (i > 0 && !(timesMs[i]! >= timesMs[i - 1]!)) return `tick ${i} is before the one before`;
    if (!Number.isFinite(bid[i])) return `tick ${i} has no bid`;
    if (ask && !(ask[i]! >= bid[i]! && ask[i]! < Infinity)) {
      return `tick ${i} has its ask below its bid`;
    }
    if (volume && !(volume[i]! >= 0 && volume[i]! < Infinity)) return `tick ${i} has no volume`;
  }
  return null;
}
