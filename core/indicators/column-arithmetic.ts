/** Sums, differences and shares of whole columns, value by value; NaN stays NaN. */

export function difference(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
  return out;
}

export function product(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! * b[i]!;
  return out;
}

/** `scale` × a ÷ b; `resting` where b is 0. */
export function quotient(
  a: Float64Array,
  b: Float64Array,
  { scale, resting }: { readonly scale: number; readonly resting: number },
): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) {
    const divisor = b[i]!;
    out[i] = divisor === 0 ? 0 * a[i]! + resting : (scale * a[i]!) / divisor;
  }
  return out;
}

/** The middle between two columns. */
export function middle(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = (a[i]! + b[i]!) / 2;
  return out;
}

/** A line and the lines `factor` times `distance` above and below it. */
export function band(
  line: Float64Array,
  distance: Float64Array,
  factor: number,
): readonly [upper: Float64Array, lower: Float64Array] {
  const upper = new Float64Array(line.length);
  const lower = new Float64Array(line.length);
  for (let i = 0; i < line.length; i++) {
    upper[i] = line[i]! + factor * distance[i]!;
    lower[i] = line[i]! - factor * distance[i]!;
  }
  return [upper, lower];
}
