/** Finds the tops and bottoms of swings, bar by bar, from nothing but the bars so far. */

export interface SwingTurns {
  /** Bars of the turns, one after the other, top and bottom in turn. */
  readonly bars: Int32Array;
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
export function swingTurns(high: Float64Array, low: Float64Array, percent: number): SwingTurns {
  const bars = new Int32Array(high.length);
  const knownAt = new Int32Array(high.length);
  let count = 0;
  let [top, bottom] = [0, 0];
  /** What is being looked for: 1 a top, −1 a bottom, 0 either. */
  let side = 0;
  let firstSide = 1;
  for (let i = 1; i < high.length; i++) {
    const higher = high[i]! > high[top]!;
    const lower = low[i]! < low[bottom]!;
    const fall = high[top]! - low[i]! >= (percent / 100) * Math.abs(high[top]!);
    const rise = high[i]! - low[bottom]! >= (percent / 100) * Math.abs(low[bottom]!);
    if (side >= 0 && !higher && fall) {
      if (count === 0) firstSide = 1;
      bars[count] = top;
      knownAt[count++] = i;
      side = -1;
      bottom = i;
    } else if (side <= 0 && !lower && rise) {
      if (count === 0) firstSide = -1;
      bars[count] = bottom;
      knownAt[count++] = i;
      side = 1;
      top = i;
    } else {
      if (higher && side >= 0) top = i;
      if (lower && side <= 0) bottom = i;
    }
  }
  return { bars, knownAt, count, firstSide, running: side > 0 ? top : bottom };
}
