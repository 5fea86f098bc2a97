/**
 * Sample deviation of daily returns × √N, not compounded; null below two returns. Source:
 * empyrical, `annual_volatility`.
 */
import { sampleVariance } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const volatilityArithmeticPct = {
  key: 'volatilityArithmeticPct',
  unit: 'percent',
  label: 'Volatility (arithmetic)',
  definition: 'The deviation of daily returns, scaled to a year without compounding.',
  compute: ({ dailyReturns, periodsPerYear }) => {
    const variance = sampleVariance(dailyReturns);
    return variance === null ? null : Math.sqrt(variance * periodsPerYear) * 100;
  },
} as const satisfies Statistic;
