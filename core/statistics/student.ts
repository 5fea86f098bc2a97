/** Student's t distribution: how far a mean of few values may lie from the truth. */
import { assert } from '../assert.ts';
import { normalQuantile } from '../optimise/normal.ts';

/**
 * The value that |t| exceeds with a chance of `chance`, of so many degrees of freedom, to about
 * 1e-4 relative; `degrees` need not be whole, as in Welch's test.
 *
 * Source: Hill 1970, Algorithm 396, Student's t-quantiles.
 */
export function studentQuantile(chance: number, degrees: number): number {
  assert(chance > 0 && chance < 1 && degrees >= 1, 'a chance, and at least one degree of freedom');
  if (degrees === 1) return 1 / Math.tan((chance * Math.PI) / 2);
  if (degrees === 2) return Math.sqrt(2 / (chance * (2 - chance)) - 2);
  const n = degrees;
  const a = 1 / (n - 0.5);
  const b = 48 / (a * a);
  let c = (((20_700 * a) / b - 98) * a - 16) * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * n;
  let y = (d * chance) ** (2 / n);
  if (y <= 0.05 + a) {
    const near = ((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3;
    y = ((1 / near + 0.5 / (n + 4)) * y - 1) * ((n + 1) / (n + 2)) + 1 / y;
    return Math.sqrt(n * y);
  }
  const x = normalQuantile(chance / 2);
  y = x * x;
  if (n < 5) c += 0.3 * (n - 4.5) * (x + 0.6);
  c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b;
  y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
  return Math.sqrt(n * Math.expm1(a * y * y));
}
