/**
 * What the same round trips would have done in another order, or drawn again with replacement.
 *
 * A round trip counts by the factor it changed the money by, so that the end is the same in every
 * order and the drawdown is not. Drawn again, some come twice and some never: the end varies too.
 */
import { assert } from '../assert.ts';

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

/** null below two round trips. `profits` in money, in the order in which they closed. */
export function tradeOrder(
  profits: Float64Array,
  startCash: number,
  { runs, random }: { readonly runs: number; readonly random: () => number },
): TradeOrder | null {
  assert(runs > 0, 'there is at least one run');
  const factors = growthFactors(profits, startCash);
  if (factors.length < 2) return null;
  const drawdowns = new Float64Array(runs);
  const returns = new Float64Array(runs);
  const order = factors.slice();
  const own = fall(factors);
  for (let run = 0; run < runs; run++) {
    shuffle(order, random);
    drawdowns[run] = fall(order) * 100;
    let growth = 1;
    for (let k = 0; k < factors.length; k++) {
      growth *= factors[Math.floor(random() * factors.length)]!;
    }
    returns[run] = (growth - 1) * 100;
  }
  return {
    runs,
    drawdownPct: own * 100,
    drawdownBand: bandOf(drawdowns),
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

/** Deepest fall from the peak, 0 … 1. */
function fall(factors: Float64Array): number {
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

function bandOf(values: Float64Array): Band {
  const sorted = values.toSorted();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return { low: at(0.05), middle: at(0.5), high: at(0.95) };
}
