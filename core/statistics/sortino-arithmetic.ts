/**
 * Mean × √N ÷ √mean(min(r, 0)²) over daily returns r; null without a losing day. Source:
 * empyrical, `sortino_ratio`.
 */
import { mean, quotient } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const sortinoArithmetic = {
  key: 'sortinoArithmetic',
  unit: 'ratio',
  label: 'Sortino (arithmetic)',
  definition:
    'The mean daily return per unit of daily downside, scaled to a year, without compounding.',
  compute: ({ dailyReturns, periodsPerYear }) => {
    const average = mean(dailyReturns);
    const downside = mean(dailyReturns.map((r) => Math.min(r, 0) ** 2));
    if (average === null || downside === null) return null;
    return quotient(average * Math.sqrt(periodsPerYear), Math.sqrt(downside));
  },
} as const satisfies Statistic;
