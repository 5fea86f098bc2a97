/**
 * What the same round trips would have done in another order, or drawn again with replacement.
 *
 * A round trip counts by the factor it changed the money by, so that the end is the same in every
 * order and the drawdown is not. Drawn again, some come twice and some never: the end varies too.
 */
import { assert } from '../assert.ts';
import { fall, walkOrders, type WalkOrders } from './order-paths.ts';

export interface Band {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export interface TradeOrder {
  readonly runs: number;
  /** Deepest fall over the round trips as they came, in percent, ≥ 0. */
  readonly drawdownPct: number;
  /** 5th, 50th and 95th percentile over shuffled orders. */
  readonly drawdownBand: Band;
  /** The same of the return, in percent, over draws with replacement. */
  readonly returnBand: Band;
  /** Share of those draws that end below the start, 0 … 1. */
  readonly lossShare: number;
}

export interface TradeOrderOptions {
  readonly runs: number;
  readonly seed: number;
  readonly walk?: WalkOrders;
}

/** null below two round trips. `profits` in money, in the order in which they closed. */
export function tradeOrder(
  profits: Float64Array,
  startCash: number,
  { runs, seed, walk = walkOrders }: TradeOrderOptions,
): TradeOrder | null {
  assert(runs > 0, 'there is at least one run');
  const factors = growthFactors(profits, startCash);
  if (factors.length < 2) return null;
  const { falls, growths } = walk(factors, runs, seed);
  const returns = growths.map((growth) => (growth - 1) * 100);
  return {
    runs,
    drawdownPct: fall(factors) * 100,
    drawdownBand: bandOf(falls.map((depth) => depth * 100)),
    returnBand: bandOf(returns),
    lossShare: returns.filter((value) => value < 0).length / runs,
  };
}

/** Up to the round trip that loses everything. */
function growthFactors(profits: Float64Array, startCash: number): Float64Array {
  const factors: number[] = [];
  let cash = startCash;
  for (const profit of profits) {
    if (cash <= 0) break;
    factors.push(Math.max(0, (cash + profit) / cash));
    cash += profit;
  }
  return Float64Array.from(factors);
}

function bandOf(values: Float64Array): Band {
  const sorted = values.toSorted();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return { low: at(0.05), middle: at(0.5), high: at(0.95) };
}
