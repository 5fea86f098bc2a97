/**
 * Longest row of positive profits in closing order; null without a round trip. Source: LEAN,
 * `TradeStatistics.MaxConsecutiveWinningTrades`.
 */
import { longestStreak } from './streaks.ts';
import type { Statistic } from './statistic.ts';

export const maxConsecutiveWins = {
  key: 'maxConsecutiveWins',
  unit: 'count',
  label: 'Most wins in a row',
  definition: 'The longest row of round trips that each made money.',
  compute: ({ roundTrips }) =>
    roundTrips.count === 0 ? null : longestStreak(roundTrips, (money) => money > 0),
} as const satisfies Statistic;
