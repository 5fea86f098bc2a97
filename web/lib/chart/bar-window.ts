/**
 * The window of a long series that a chart holds: which bars to load when its edge comes near.
 *
 * The store gives the last bars before a time, so a window is named by that time (`null` = up to
 * the newest bar). Going older remembers the ends passed; going newer returns along them.
 */

/** More bars than this are never in a chart: it would draw them slowly and show them as a blur. */
export const windowBars = 5_000;
/** A move by less than this would only reload what is there. */
const leastStepBars = 100;

export interface BarWindow {
  readonly beforeMs: number | null;
  /** The ends to return to, the last one first in line. */
  readonly newer: readonly (number | null)[];
}

export const newestWindow: BarWindow = { beforeMs: null, newer: [] };

/**
 * The next older window, its middle in sight as long as the view takes `viewBars`; null when
 * `timesMs` begins where the series does, or when the view is nearly as wide as a window.
 */
export function olderWindow(
  at: BarWindow,
  timesMs: Float64Array,
  { seriesFirstMs, viewBars }: { readonly seriesFirstMs: number; readonly viewBars: number },
): BarWindow | null {
  const first = timesMs[0];
  if (first === undefined || first <= seriesFirstMs) return null;
  const stepBars = Math.floor((windowBars - viewBars) / 2);
  if (stepBars < leastStepBars) return null;
  const end = timesMs[Math.max(1, timesMs.length - stepBars)];
  if (end === undefined) return null;
  return { beforeMs: end, newer: [...at.newer, at.beforeMs] };
}

/** The window one step newer, or null at the newest. */
export function newerWindow(at: BarWindow): BarWindow | null {
  const end = at.newer.at(-1);
  return end === undefined ? null : { beforeMs: end, newer: at.newer.slice(0, -1) };
}

/** A window around a time; scrolling newer from there returns to the newest bars. */
export function windowAround(toMs: number, barMs: number): BarWindow {
  return { beforeMs: toMs + (barMs * windowBars) / 2, newer: [null] };
}

/**
 * How many places a bar of the old window moved to the right in the new one, or null when
 * they share no bar: the view cannot be kept then.
 */
export function shiftOf(oldMs: Float64Array, newMs: Float64Array): number | null {
  const first = newMs[0];
  const last = newMs.at(-1);
  if (first === undefined || last === undefined) return null;
  for (let i = 0; i < oldMs.length; i++) {
    const ms = oldMs[i]!;
    if (ms < first) continue;
    if (ms > last) return null;
    const found = indexOf(newMs, ms);
    if (found !== null) return found - i;
  }
  return null;
}

function indexOf(timesMs: Float64Array, ms: number): number | null {
  let low = 0;
  let high = timesMs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timesMs[middle]! < ms) low = middle + 1;
    else high = middle;
  }
  return timesMs[low] === ms ? low : null;
}
