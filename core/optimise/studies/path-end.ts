/** What a repetition of a run comes to: its return and its deepest fall. */
import type { Outcome, RoundTripColumns } from '../../execution/outcome.ts';

export interface PathEnd {
  readonly returnPct: number;
  /** ≥ 0. */
  readonly drawdownPct: number;
}

/** The end of money that grows by `factors` one after another; it cannot fall below nothing. */
export function endOfFactors(factors: Iterable<number>): PathEnd {
  let money = 1;
  let peak = 1;
  let deepest = 0;
  for (const factor of factors) {
    money *= Math.max(0, factor);
    if (money > peak) peak = money;
    else if (1 - money / peak > deepest) deepest = 1 - money / peak;
  }
  return { returnPct: (money - 1) * 100, drawdownPct: deepest * 100 };
}

/** The end of a run by its equity at the close of each bar. */
export function endOfEquity({ equity }: Outcome, cash: number): PathEnd {
  let peak = cash;
  let deepest = 0;
  for (const money of equity) {
    if (money > peak) peak = money;
    else if (1 - money / peak > deepest) deepest = 1 - money / peak;
  }
  return { returnPct: ((equity.at(-1) ?? cash) / cash - 1) * 100, drawdownPct: deepest * 100 };
}

/** By what each round trip changed the money, `loss` more of it taken away from each. */
export function tripFactors(
  trips: RoundTripColumns,
  cash: number,
  loss: (trip: number) => number = () => 0,
): number[] {
  const factors: number[] = [];
  let money = cash;
  for (let k = 0; k < trips.count && money > 0; k++) {
    const profit = trips.profit[k]!;
    factors.push((money + profit - loss(k)) / money);
    money += profit;
  }
  return factors;
}
