/**
 * Sum of positive round-trip returns ÷ sum of negative ones, unsigned; on returns, not on money;
 * null without a loss. Source: backtesting.py, `_stats.py`, "Profit Factor".
 */
import { quotient, sum } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const profitFactorOnReturns = {
  key: 'profitFactorOnReturns',
  unit: 'ratio',
  label: 'Profit factor (returns)',
  definition: 'The sum of winning returns for each unit of losing returns.',
  compute: ({ tripReturns }) =>
    quotient(sum(tripReturns.filter((r) => r > 0)), -sum(tripReturns.filter((r) => r < 0))),
} as const satisfies Statistic;
