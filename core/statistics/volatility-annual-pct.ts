/**
 * √((var(r) + (1 + g)²)^N − (1 + g)^2N), var the sample variance of daily returns. Source: Tobin
 * 1965 as in Kaplan 2013, https://dx.doi.org/10.2139/ssrn.3054517; backtesting.py, "Volatility
 * (Ann.)".
 */
import { sampleVariance } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const volatilityAnnualPct = {
  key: 'volatilityAnnualPct',
  unit: 'percent',
  label: 'Annual volatility',
  definition: 'The standard deviation of daily returns, scaled to a year under compounding.',
  compute: ({ dailyReturns, meanDailyReturn, periodsPerYear }) => {
    const variance = sampleVariance(dailyReturns);
    if (variance === null) return null;
    const square = (1 + meanDailyReturn) ** 2;
    const spread = (variance + square) ** periodsPerYear - square ** periodsPerYear;
    return Math.sqrt(Math.max(spread, 0)) * 100;
  },
} as const satisfies Statistic;
