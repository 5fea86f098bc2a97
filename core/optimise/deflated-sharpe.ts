/**
 * How likely it is that a Sharpe ratio is more than the luck of having tried often.
 *
 * Sharpe ratios here are of one return to the next, a day as a rule, not scaled to a year.
 * Source: Bailey and López de Prado 2014, The Deflated Sharpe Ratio, Journal of Portfolio
 * Management 40(5).
 */
import { normalQuantile, normalShare } from './normal.ts';

const EULER_MASCHERONI = 0.5772156649015329;

/** The Sharpe ratio that the best of `trials` without any skill is expected to show. */
export function expectedBestSharpe(trials: number, varianceOfSharpes: number): number {
  if (trials < 2) return 0;
  return (
    Math.sqrt(varianceOfSharpes) *
    ((1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / trials) +
      EULER_MASCHERONI * normalQuantile(1 - 1 / (trials * Math.E)))
  );
}

export interface ObservedSharpe {
  readonly sharpe: number;
  /** How many returns it is made of. */
  readonly returns: number;
  readonly skewness: number;
  /** 3 for a normal distribution. */
  readonly kurtosis: number;
}

/**
 * Probability, 0 … 1, that the true Sharpe ratio is above `benchmark`; null where the returns'
 * shape leaves it undefined. Source: Bailey and López de Prado 2012, The Sharpe Ratio Efficient
 * Frontier.
 */
export function probabilisticSharpe(
  { sharpe, returns, skewness, kurtosis }: ObservedSharpe,
  benchmark: number,
): number | null {
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  if (!(spread > 0) || returns < 2) return null;
  return normalShare(((sharpe - benchmark) * Math.sqrt(returns - 1)) / Math.sqrt(spread));
}

/** `probabilisticSharpe` against the best that luck alone would show in as many trials. */
export function deflatedSharpe(
  observed: ObservedSharpe,
  among: { readonly trials: number; readonly varianceOfSharpes: number },
): number | null {
  return probabilisticSharpe(observed, expectedBestSharpe(among.trials, among.varianceOfSharpes));
}
