/** Other orders of the same round trips, and draws of them with replacement: one path after another. */
import { createRandom } from '../market/made-bars.ts';

/** One value a path. */
export interface OrderPaths {
  /** Deepest fall from the peak over the round trips in a shuffled order, 0 … 1. */
  readonly falls: Float64Array;
  /** What one unit of money becomes over as many round trips, drawn with replacement. */
  readonly growths: Float64Array;
}

/**
 * Walks `runs` paths over `factors`, by which round trips change the money; at least one. The
 * same seed gives the same paths, bit for bit, in whatever way they are worked out.
 */
export type WalkOrders = (factors: Float64Array, runs: number, seed: number) => OrderPaths;

/** The plain way, and the yardstick of any faster one. */
export const walkOrders: WalkOrders = (factors, runs, seed) => {
  const random = createRandom(seed);
  const falls = new Float64Array(runs);
  const growths = new Float64Array(runs);
  const order = new Float64Array(factors.length);
  for (let run = 0; run < runs; run++) {
    order.set(factors);
    shuffle(order, random);
    falls[run] = fall(order);
    let growth = 1;
    for (let k = 0; k < factors.length; k++) {
      growth *= factors[Math.floor(random() * factors.length)]!;
    }
    growths[run] = growth;
  }
  return { falls, growths };
};

/** Deepest fall from the peak, 0 … 1. */
export function fall(factors: Float64Array): number {
  let value = 1;
  let peak = 1;
  let deepest = 0;
  for (const factor of factors) {
    value *= factor;
    if (value > peak) peak = value;
    else if (1 - value / peak > deepest) deepest = 1 - value / peak;
  }
  return deepest;
}

/** Fisher and Yates. */
export function shuffle(values: Float64Array | Int32Array, random: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = values[i]!;
    values[i] = values[j]!;
    values[j] = held;
  }
}
