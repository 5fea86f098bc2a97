/** Between which shares the true one lies, when so many of so many cases were hits. */

export interface Between {
  readonly lowRatio: number;
  readonly highRatio: number;
}

/** Of 95 % certainty, both sides. */
const z = 1.959963984540054;

/**
 * The score interval at 95 %, within 0 … 1; null without a case.
 *
 * Source: Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference.
 */
export function wilsonInterval(hits: number, cases: number): Between | null {
  if (cases <= 0) return null;
  const ratio = hits / cases;
  const whole = 1 + (z * z) / cases;
  const middle = (ratio + (z * z) / (2 * cases)) / whole;
  const half = (z / whole) * Math.sqrt((ratio * (1 - ratio)) / cases + (z / (2 * cases)) ** 2);
  return { lowRatio: Math.max(0, middle - half), highRatio: Math.min(1, middle + half) };
}
