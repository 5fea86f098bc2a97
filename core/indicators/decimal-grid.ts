/**
 * Prices are decimals: as whole points their sums are exact, so that two averages which are
 * equal on paper are equal in the machine, and a tie is never taken for a cross.
 */

export interface DecimalGrid {
  /** Points in one unit of the values, a power of ten. */
  readonly scale: number;
  /** The first value that is not on the grid; those before it, from the start on, are. */
  readonly end: number;
}

const largestScale = 100_000_000;
/** So many points that the sum of 100,000 of them is still exact. */
const mostPoints = 2 ** 53 / 100_000;

/**
 * Added to a product and taken away again it rounds that to a whole number, in a fraction of the
 * time of `Math.round`: the points of a value are `value * scale + rounder - rounder`.
 */
export const rounder = 1.5 * 2 ** 52;

/**
 * The coarsest decimal grid that the values from `start` on lie on, as far as there is one.
 *
 * It ends at the first value that is no decimal of up to eight digits or is too large. What lies
 * before that value never depends on what lies after: a finer grid divides to the same doubles.
 * `before` says on what grid all values before `start` lie, and how far from 0 the widest does.
 */
export function decimalGrid(
  values: Float64Array,
  start: number,
  before: { readonly scale: number; readonly widest: number } = { scale: 1, widest: 0 },
): DecimalGrid {
  let scale = before.scale;
  let end = start;
  for (;;) {
    end = firstOffGrid(values, end, scale);
    if (end === values.length) break;
    const finer = finerScale(values[end]!, scale);
    if (finer === 0) break;
    if (Math.max(before.widest, widestOf(values, start, end)) * finer > mostPoints) break;
    scale = finer;
  }
  return { scale, end };
}

function firstOffGrid(values: Float64Array, from: number, scale: number): number {
  const length = values.length;
  for (let i = from; i < length; i++) {
    const value = values[i]!;
    const points = value * scale + rounder - rounder;
    if (points / scale !== value || points > mostPoints || points < -mostPoints) return i;
  }
  return length;
}

/** The largest distance from 0 of the values between two bars. */
export function widestOf(values: Float64Array, from: number, to: number): number {
  let most = 0;
  for (let i = from; i < to; i++) {
    const distance = Math.abs(values[i]!);
    if (distance > most) most = distance;
  }
  return most;
}

/** The next scale on which `value` is a whole number of points; 0 where there is none. */
function finerScale(value: number, scale: number): number {
  for (let finer = scale * 10; finer <= largestScale; finer *= 10) {
    const points = Math.round(value * finer);
    if (points / finer === value) return Math.abs(points) > mostPoints ? 0 : finer;
  }
  return 0;
}
