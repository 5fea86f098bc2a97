/**
 * Prices are decimals: as whole points their sums are exact, so that two averages which are
 * equal on paper are equal in the machine, and a tie is never taken for a cross.
 */

export interface DecimalGrid {
  /** Whole points, valid from the first value up to but not including `end`. */
  readonly points: Float64Array;
  readonly scale: number;
  readonly end: number;
}

const largestScale = 100_000_000;
/** So many points that the sum of 100,000 of them is still exact. */
const mostPoints = 2 ** 53 / 100_000;
/** Added and taken away again it rounds to a whole number, in a fraction of the time. */
const rounder = 1.5 * 2 ** 52;

/**
 * The values from `start` on as whole points on the coarsest decimal grid, as far as one fits.
 *
 * It ends at the first value that is no decimal of up to eight digits or is too large. What lies
 * before that value never depends on what lies after: a finer grid divides to the same doubles.
 */
export function decimalGrid(values: Float64Array, start: number): DecimalGrid {
  const points = new Float64Array(values.length);
  let scale = 1;
  let i = start;
  for (;;) {
    i = fillPoints(points, values, i, scale);
    if (i === values.length) break;
    const finer = finerScale(values[i]!, scale);
    if (finer === 0) break;
    const widest = widestOf(points, start, i);
    const factor = finer / scale;
    if (widest * factor > mostPoints) break;
    for (let j = start; j < i; j++) points[j] = points[j]! * factor;
    scale = finer;
  }
  return { points, scale, end: i };
}

/** Index of the first value that is not on the grid. */
function fillPoints(
  points: Float64Array,
  values: Float64Array,
  from: number,
  scale: number,
): number {
  const length = values.length;
  for (let i = from; i < length; i++) {
    const value = values[i]!;
    const point = value * scale + rounder - rounder;
    if (point / scale !== value || point > mostPoints || point < -mostPoints) return i;
    points[i] = point;
  }
  return length;
}

function widestOf(points: Float64Array, from: number, to: number): number {
  let widest = 0;
  for (let i = from; i < to; i++) widest = Math.max(widest, Math.abs(points[i]!));
  return widest;
}

/** The next scale on which `value` is a whole number of points; 0 where there is none. */
function finerScale(value: number, scale: number): number {
  for (let finer = scale * 10; finer <= largestScale; finer *= 10) {
    const point = Math.round(value * finer);
    if (point / finer === value) return Math.abs(point) > mostPoints ? 0 : finer;
  }
  return 0;
}
