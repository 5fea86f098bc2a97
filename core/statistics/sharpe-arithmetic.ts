/**
 * Mean ÷ sample deviation of daily returns × √N, at a risk-free rate of zero; null below two
 * returns. Source: Sharpe 1994; empyrical, `sharpe_ratio`.
 */
import { mean, quotient, sampleVariance } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const sharpeArithmetic = {
  key: 'sharpeArithmetic',
  unit: 'ratio',
  label: 'Sharpe (arithmetic)',
  definition:
    'The mean daily return per unit of its deviation, scaled to a year, without compounding.',
  compute: ({ dailyReturns, periodsPerYear }) => {
    const variance = sampleVariance(dailyReturns);
    const average = mean(dailyReturns);
    if (variance === null || average === null) return null;
    return quotient(average * Math.sqrt(periodsPerYear), Math.sqrt(variance));
  },
} as const satisfies Statistic;
