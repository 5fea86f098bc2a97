/** A run in sixteen sums, and each figure of a search made from them alone. */
import { quotient } from '../statistics/moments.ts';
import type { FigureKey } from './figures.ts';

export interface RunBrief {
  /** Equity at the close before the first bar. */
  readonly firstEquity: number;
  readonly lastEquity: number;
  /** Deepest fall from the peak, 0 … 1. */
  readonly maxDrawdownRatio: number;
  /** Equity at the end of the first day. */
  readonly firstDayEquity: number;
  readonly dailyReturns: number;
  /** Arithmetic. */
  readonly meanDailyReturn: number;
  /** Sums of powers of the distances of daily returns from their mean. */
  readonly dailySquares: number;
  readonly dailyCubes: number;
  readonly dailyFourths: number;
  /** Sum of the squares of daily losses. */
  readonly dailyLossSquares: number;
  readonly roundTrips: number;
  readonly wins: number;
  /** Money. */
  readonly meanProfit: number;
  /** Sum of the squares of the distances of profits from their mean. */
  readonly profitSquares: number;
  /** Sums of the returns of round trips that gained, and of those that lost, which is negative. */
  readonly gains: number;
  readonly losses: number;
}

export interface MeasuredBrief extends RunBrief {
  readonly startCash: number;
  readonly periodsPerYear: number;
}

/** As the statistics of the same names, which a test holds them against. */
export const briefFigures = {
  returnPct: ({ lastEquity, startCash }) => ((lastEquity - startCash) / startCash) * 100,
  sharpeGeometric: (brief) => quotient(annualReturnPct(brief), annualVolatilityPct(brief)),
  sortino: (brief) => {
    const { dailyLossSquares, dailyReturns, periodsPerYear } = brief;
    if (dailyReturns === 0) return null;
    const downsidePct = Math.sqrt(dailyLossSquares / dailyReturns) * Math.sqrt(periodsPerYear);
    return quotient(annualReturnPct(brief), downsidePct * 100);
  },
  calmar: (brief) => quotient(annualReturnPct(brief), brief.maxDrawdownRatio * 100),
  sqn: ({ roundTrips, meanProfit, profitSquares }) => {
    if (roundTrips < 2) return null;
    const deviation = Math.sqrt(profitSquares / (roundTrips - 1));
    return quotient(Math.sqrt(roundTrips) * meanProfit, deviation);
  },
  profitFactorOnReturns: ({ gains, losses }) => quotient(gains, -losses),
  maxDrawdownPct: ({ maxDrawdownRatio }) => (maxDrawdownRatio === 0 ? 0 : -maxDrawdownRatio * 100),
  winRatePct: ({ wins, roundTrips }) => (roundTrips === 0 ? null : (wins / roundTrips) * 100),
  roundTrips: ({ roundTrips }) => roundTrips,
  sharpeDaily: (brief) => {
    const variance = dailyVariance(brief);
    return variance === null ? null : quotient(brief.meanDailyReturn, Math.sqrt(variance));
  },
  skewness: ({ dailyReturns, dailySquares, dailyCubes }) => {
    if (dailyReturns === 0) return null;
    const variance = dailySquares / dailyReturns;
    return quotient(dailyCubes / dailyReturns, variance * Math.sqrt(variance));
  },
  kurtosis: ({ dailyReturns, dailySquares, dailyFourths }) => {
    if (dailyReturns === 0) return null;
    const variance = dailySquares / dailyReturns;
    return quotient(dailyFourths / dailyReturns, variance * variance);
  },
  dailyReturnCount: ({ dailyReturns }) => dailyReturns,
} as const satisfies Readonly<Record<FigureKey, (brief: MeasuredBrief) => number | null>>;

function geometricMean({ lastEquity, firstDayEquity, dailyReturns }: RunBrief): number {
  return dailyReturns === 0 ? 0 : (lastEquity / firstDayEquity) ** (1 / dailyReturns) - 1;
}

function annualReturnPct(brief: MeasuredBrief): number {
  return ((1 + geometricMean(brief)) ** brief.periodsPerYear - 1) * 100;
}

function annualVolatilityPct(brief: MeasuredBrief): number | null {
  const variance = dailyVariance(brief);
  if (variance === null) return null;
  const square = (1 + geometricMean(brief)) ** 2;
  const spread = (variance + square) ** brief.periodsPerYear - square ** brief.periodsPerYear;
  return Math.sqrt(Math.max(spread, 0)) * 100;
}

function dailyVariance({ dailyReturns, dailySquares }: RunBrief): number | null {
  return dailyReturns < 2 ? null : dailySquares / (dailyReturns - 1);
}
