/**
 * Prices are decimals: as whole points their sums are exact, so that two averages which are
 * equal on paper are equal in the machine, and a tie is never taken for a cross.
 */

export interface DecimalGrid {
  /** Whole points, valid from `start` up to but not including `end`. */
  readonly points: Float64Array;
  readonly scale: number;
  readonly end: number;
}

const largestScale = 100_000_000;
const largestExact = 2 ** 53;

/**
 * The values as whole points on the coarsest decimal grid, as far as one fits.
 *
 * It ends at the first value that is no decimal of up to eight digits, or with which a sum of
 * `window` values could pass 2⁵³. What lies before that value never depends on what lies after:
 * a finer grid divides to the very same doubles.
 */
export function decimalGrid(values: Float64Array, start: number, window: number): DecimalGrid {
  const points = new Float64Array(values.length);
  const length = values.length;
  let scale = 1;
  let limit = largestExact / window;
  let widest = 0;
  let i = start;
  while (i < length) {
    for (; i < length; i++) {
      const value = values[i]!;
      const point = Math.round(value * scale);
      if (point / scale !== value) break;
      const size = Math.abs(point);
      if (size > widest) {
        if (size > limit) return { points, scale, end: i };
        widest = size;
      }
      points[i] = point;
    }
    if (i === length) break;
    const finer = finerScale(values[i]!, scale);
    const factor = finer / scale;
    if (finer === 0 || widest * factor > limit) break;
    for (let j = start; j < i; j++) points[j] = points[j]! * factor;
    widest *= factor;
    scale = finer;
  }
  return { points, scale, end: i };
}

/** The next scale on which `value` is a whole number of points; 0 where there is none. */
function finerScale(value: number, scale: number): number {
  for (let finer = scale * 10; finer <= largestScale; finer *= 10) {
    if (Math.round(value * finer) / finer === value) return finer;
  }
  return 0;
}
