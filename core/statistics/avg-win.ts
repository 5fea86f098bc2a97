/**
 * Mean of positive round-trip profits in money; null without one. Source: LEAN,
 * `TradeStatistics.AverageProfit`.
 */
import { gains } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const avgWin = {
  key: 'avgWin',
  unit: 'money',
  label: 'Average win',
  definition: 'The mean profit of the round trips that made money, after commissions.',
  compute: ({ roundTrips }) => gains(roundTrips.profit).mean,
} as const satisfies Statistic;
