/** Sum, mean and sample variance of a column, and the sums of its gains and losses. */

export function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

export interface Tally {
  readonly count: number;
  readonly sum: number;
  /** null of nothing. */
  readonly mean: number | null;
}

/** The values above zero. */
export function gains(values: Float64Array): Tally {
  let count = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (!(values[i]! > 0)) continue;
    total += values[i]!;
    count++;
  }
  return { count, sum: total, mean: count === 0 ? null : total / count };
}

/** The values below zero. */
export function losses(values: Float64Array): Tally {
  let count = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (!(values[i]! < 0)) continue;
    total += values[i]!;
    count++;
  }
  return { count, sum: total, mean: count === 0 ? null : total / count };
}

/** Arithmetic mean; null of nothing. */
export function mean(values: Float64Array): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

/** Variance with n − 1 in the denominator; null below two values. */
export function sampleVariance(values: Float64Array): number | null {
  if (values.length < 2) return null;
  const centre = sum(values) / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const off = values[i]! - centre;
    squares += off * off;
  }
  return squares / (values.length - 1);
}

/** a ÷ b; null where either is undefined or b is zero. */
export function quotient(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}
