/** When each bar closes, told by the opens up to it alone, so that more bars change nothing. */

export interface CloseTimes {
  /** Strictly rising. */
  readonly closesMs: Float64Array;
  /** First bar at which the length was known; before it a bar counts as closed at its open. */
  readonly settled: number;
  /** The length at the last bar; 0 where it is not known. */
  readonly lengthMs: number;
}

/**
 * A bar lasts as long as the shortest distance between bars that was seen twice: gaps are
 * longer, and a single odd row is not believed.
 */
export function closeTimes(timesMs: Float64Array): CloseTimes {
  const closesMs = new Float64Array(timesMs.length);
  const once = new Set<number>();
  let lengthMs = 0;
  let settled = timesMs.length;
  let last = -Infinity;
  for (let i = 0; i < closesMs.length; i++) {
    const distance = i > 0 ? timesMs[i]! - timesMs[i - 1]! : Infinity;
    if (i > 0 && (lengthMs === 0 || distance < lengthMs)) {
      if (once.has(distance)) {
        lengthMs = distance;
        settled = Math.min(settled, i);
      } else once.add(distance);
    }
    last = Math.max(timesMs[i]! + lengthMs, last + 1);
    closesMs[i] = last;
  }
  return { closesMs, settled, lengthMs };
}
