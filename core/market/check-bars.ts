/** Whether bars can be true, whoever made them: for bars that come from outside in our own format. */
import type { Bars, PriceColumns } from './bars.ts';

/** What is wrong first, in words; null when nothing is. */
export function faultOfBars(bars: Bars): string | null {
  const { bid, ask, volume, spreadPoints, timesMs, length } = bars;
  for (let i = 0; i < length; i++) {
    if (i > 0 && !(timesMs[i]! > timesMs[i - 1]!)) return `bar ${i} is not after the one before`;
    if (!isPossible(bid, i)) return `bar ${i} has impossible prices`;
    if (ask && !isPossible(ask, i)) return `bar ${i} has an impossible ask`;
    if (ask && !isAbove(ask, bid, i)) return `bar ${i} has its ask below its bid`;
    if (volume && !(volume[i]! >= 0 && volume[i]! < Infinity)) return `bar ${i} has no volume`;
    if (spreadPoints && spreadPoints[i]! < 0) return `bar ${i} has a spread below zero`;
  }
  return null;
}

/** Comparisons that NaN fails. */
function isPossible({ open, high, low, close }: PriceColumns, i: number): boolean {
  const least = low[i]!;
  const most = high[i]!;
  return (
    least <= open[i]! &&
    least <= close[i]! &&
    most >= open[i]! &&
    most >= close[i]! &&
    least > -Infinity &&
    most < Infinity
  );
}

function isAbove(ask: PriceColumns, bid: PriceColumns, i: number): boolean {
  return (
    ask.open[i]! >= bid.open[i]! &&
    ask.high[i]! >= bid.high[i]! &&
    ask.low[i]! >= bid.low[i]! &&
    ask.close[i]! >= bid.close[i]!
  );
}
