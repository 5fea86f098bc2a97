/** How often chance alone parts values as far as two groups are apart. */
import { createRandom } from '../market/made-bars.ts';

export interface Chance {
  /** 0 … 1; the groups themselves count as one of the draws, so it is never 0. */
  readonly share: number;
  readonly draws: number;
}

/** Numbers drawn in all: more only makes a small share finer. */
const mostDrawn = 20_000_000;
const mostDraws = 5_000;
const leastDraws = 300;

/**
 * Share of ways to deal all values into two groups of these sizes, at random, whose means are at
 * least as far apart, either way; null where a group is empty. The same values give the same
 * share, in whatever order, and whichever group comes first.
 *
 * Source: Phipson and Smyth 2010, Permutation P-values Should Never Be Zero.
 */
export function permutationTest(
  a: Float64Array,
  b: Float64Array,
  { seed }: { readonly seed: number },
): Chance | null {
  if (a.length === 0 || b.length === 0) return null;
  const pool = new Float64Array(a.length + b.length);
  pool.set(a);
  pool.set(b, a.length);
  const few = Math.min(a.length, b.length);
  const apart = Math.abs(meanOf(a) - meanOf(b));
  pool.sort();
  let all = 0;
  for (const value of pool) all += value;
  // Sums in another order differ in their last digits.
  const reach = apart - 1e-9 * Math.max(Math.abs(pool[0]!), Math.abs(pool.at(-1)!));
  const draws = Math.round(Math.max(leastDraws, Math.min(mostDraws, mostDrawn / few)));
  const random = createRandom(seed);
  let asFar = 1;
  for (let draw = 0; draw < draws; draw++) {
    const sum = drawnSum(pool, few, random);
    if (Math.abs(sum / few - (all - sum) / (pool.length - few)) >= reach) asFar++;
  }
  return { share: asFar / (draws + 1), draws };
}

/** Of so many different ones; they stand at the front afterwards. Fisher and Yates. */
function drawnSum(pool: Float64Array, count: number, random: () => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const at = i + Math.floor(random() * (pool.length - i));
    const value = pool[at]!;
    pool[at] = pool[i]!;
    pool[i] = value;
    sum += value;
  }
  return sum;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
