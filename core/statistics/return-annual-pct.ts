/**
 * (1 + g)^N − 1, g the geometric mean of daily returns, N the trading days of a year. Source:
 * backtesting.py, `_stats.py`, "Return (Ann.)".
 */
import type { Statistic } from './statistic.ts';

export const returnAnnualPct = {
  key: 'returnAnnualPct',
  unit: 'percent',
  label: 'Annual return',
  definition: 'The mean daily return, compounded over a year of trading days.',
  compute: ({ meanDailyReturn, periodsPerYear }) =>
    ((1 + meanDailyReturn) ** periodsPerYear - 1) * 100,
} as const satisfies Statistic;
