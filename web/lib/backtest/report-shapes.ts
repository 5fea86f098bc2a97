/** The drawings of a report as plain geometry in a box of 1000 × 300, for the page and for a file. */

export const BOX = { width: 1000, height: 300 } as const;

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** From the lowest to the highest finite value; `zero` keeps 0 within; never empty. */
export function rangeOf(values: Iterable<number>, { zero = false } = {}): Range {
  let low = zero ? 0 : Infinity;
  let high = zero ? 0 : -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return { low: 0, high: 1 };
  return low === high ? { low: low - 0.5, high: high + 0.5 } : { low, high };
}

export function heightOf(value: number, { low, high }: Range): number {
  return round(BOX.height * (1 - (value - low) / (high - low)));
}

export interface ColumnShape {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One upright bar a value, from zero; null and zero have no height. */
export function columnShapes(
  values: readonly (number | null)[],
  range: Range,
): readonly ColumnShape[] {
  const step = BOX.width / Math.max(1, values.length);
  const zero = heightOf(0, range);
  return values.map((value, i) => {
    const end = heightOf(value ?? 0, range);
    return {
      x: round((i + 0.1) * step),
      y: Math.min(zero, end),
      width: round(0.8 * step),
      height: round(Math.abs(zero - end)),
    };
  });
}

/** A line through the values, broken where one is not finite; `across` is what the width spans. */
export function linePath(
  xs: ArrayLike<number>,
  ys: Float64Array,
  range: Range,
  across: Range = { low: xs[0] ?? 0, high: xs[xs.length - 1] ?? 0 },
): string {
  const first = across.low;
  const span = across.high - first || 1;
  let path = '';
  let isDown = false;
  for (let i = 0; i < ys.length; i++) {
    const y = ys[i]!;
    if (Number.isFinite(y)) {
      const x = round(((xs[i]! - first) / span) * BOX.width);
      path += `${isDown ? 'L' : 'M'}${x} ${heightOf(y, range)}`;
    }
    isDown = Number.isFinite(y);
  }
  return path;
}

/** A dot a point, as one path of strokes without length: round or square by the line's cap. */
export function dotsPath(
  points: Iterable<readonly [x: number, y: number]>,
  xRange: Range,
  yRange: Range,
): string {
  let path = '';
  for (const [x, y] of points) {
    const across = (x - xRange.low) / (xRange.high - xRange.low);
    path += `M${round(across * BOX.width)} ${heightOf(y, yRange)}h0`;
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
