/**
 * Sum of positive round-trip returns ÷ sum of negative ones, unsigned; on returns, not on money;
 * null without a loss. Source: backtesting.py, `_stats.py`, "Profit Factor".
 */
import { gains, losses, quotient } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const profitFactorOnReturns = {
  key: 'profitFactorOnReturns',
  unit: 'ratio',
  label: 'Profit factor (returns)',
  definition: 'The sum of winning returns for each unit of losing returns.',
  compute: ({ tripReturns }) => quotient(gains(tripReturns).sum, -losses(tripReturns).sum),
} as const satisfies Statistic;
