/** Excursions of many round trips together, in money, one after another by their exits. */

export interface MoneyExcursion {
  /** Before costs. */
  readonly gross: number;
  /** Money, ≥ 0. */
  readonly mae: number;
  readonly mfe: number;
}

export interface ExcursionFigures {
  readonly averageMae: number;
  readonly averageMfe: number;
  readonly largestMae: number;
  readonly largestMfe: number;
  /** Best open profit less what the exit brought, ≥ 0. */
  readonly averageGivenBack: number;
  readonly largestGivenBack: number;
  /** The deepest fall from the best moment to the worst of the round trips one after another, ≥ 0. */
  readonly intraTradeDrawdown: number;
}

/** Null without a round trip. Source: LEAN, `TradeStatistics`, there with other signs. */
export function excursionFigures(trips: readonly MoneyExcursion[]): ExcursionFigures | null {
  if (trips.length === 0) return null;
  const sums = { mae: 0, mfe: 0, back: 0 };
  const most = { mae: 0, mfe: 0, back: 0 };
  let closed = 0;
  let best = 0;
  let deepest = 0;
  for (const { gross, mae, mfe } of trips) {
    const back = mfe - gross;
    sums.mae += mae;
    sums.mfe += mfe;
    sums.back += back;
    most.mae = Math.max(most.mae, mae);
    most.mfe = Math.max(most.mfe, mfe);
    most.back = Math.max(most.back, back);
    best = Math.max(best, closed + mfe);
    deepest = Math.max(deepest, best - (closed - mae));
    closed += gross;
  }
  return {
    averageMae: sums.mae / trips.length,
    averageMfe: sums.mfe / trips.length,
    largestMae: most.mae,
    largestMfe: most.mfe,
    averageGivenBack: sums.back / trips.length,
    largestGivenBack: most.back,
    intraTradeDrawdown: deepest,
  };
}
