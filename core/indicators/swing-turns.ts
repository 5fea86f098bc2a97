/** Finds the tops and bottoms of swings, bar by bar, from nothing but the bars so far. */
import { recall, type Memory } from './memory.ts';

export interface SwingTurns {
  /** Bars of the turns, one after the other, top and bottom in turn; below 0 before the chunk. */
  readonly bars: Int32Array;
  /** Prices of the turns. */
  readonly prices: Float64Array;
  /** Bars on which each turn became known. */
  readonly knownAt: Int32Array;
  readonly count: number;
  /** 1 where the first turn is a top, −1 where it is a bottom. */
  readonly firstSide: number;
  /** Bar of the extreme since the last turn. */
  readonly running: number;
}

/**
 * A top is the highest high before a fall of `percent` percent from it, a bottom the lowest low
 * before such a rise.
 *
 * A bar that makes a new extreme does not turn the swing as well.
 */
export function swingTurns(
  high: Float64Array,
  low: Float64Array,
  percent: number,
  memory?: Memory,
): SwingTurns {
  const bars = new Int32Array(high.length);
  const prices = new Float64Array(high.length);
  const knownAt = new Int32Array(high.length);
  let count = 0;
  // `side` is what is being looked for: 1 a top, −1 a bottom, 0 either.
  const kept = recall(memory, () => {
    const nothing = { top: 0, bottom: 0, highest: -Infinity, lowest: Infinity };
    return { side: 0, ...nothing };
  });
  let { side, top, bottom, highest, lowest } = kept;
  let firstSide = 1;
  for (let i = 0; i < high.length; i++) {
    const higher = high[i]! > highest;
    const lower = low[i]! < lowest;
    const fall = highest - low[i]! >= (percent / 100) * Math.abs(highest);
    const rise = high[i]! - lowest >= (percent / 100) * Math.abs(lowest);
    if (side >= 0 && !higher && fall) {
      if (count === 0) firstSide = 1;
      bars[count] = top;
      prices[count] = highest;
      knownAt[count++] = i;
      side = -1;
      bottom = i;
      lowest = low[i]!;
    } else if (side <= 0 && !lower && rise) {
      if (count === 0) firstSide = -1;
      bars[count] = bottom;
      prices[count] = lowest;
      knownAt[count++] = i;
      side = 1;
      top = i;
      highest = high[i]!;
    } else {
      if (higher && side >= 0) {
        top = i;
        highest = high[i]!;
      }
      if (lower && side <= 0) {
        bottom = i;
        lowest = low[i]!;
      }
    }
  }
  const past = { top: top - high.length, bottom: bottom - high.length };
  Object.assign(kept, { side, ...past, highest, lowest });
  return { bars, prices, knownAt, count, firstSide, running: side > 0 ? top : bottom };
}
