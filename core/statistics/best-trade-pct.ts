/** Highest round-trip return. Source: backtesting.py, `_stats.py`, "Best Trade". */
import type { Statistic } from './statistic.ts';

export const bestTradePct = {
  key: 'bestTradePct',
  unit: 'percent',
  label: 'Best trade',
  definition: 'The highest return of a round trip on its own value, after commissions.',
  compute: ({ tripReturns }) =>
    tripReturns.length === 0 ? null : tripReturns.reduce((best, r) => Math.max(best, r)) * 100,
} as const satisfies Statistic;
