/**
 * Longest row of negative profits in closing order; a result of zero ends it; null without a
 * round trip. Source: LEAN, `TradeStatistics.MaxConsecutiveLosingTrades`, which counts zero.
 */
import { longestStreak } from './streaks.ts';
import type { Statistic } from './statistic.ts';

export const maxConsecutiveLosses = {
  key: 'maxConsecutiveLosses',
  unit: 'count',
  label: 'Most losses in a row',
  definition: 'The longest row of round trips that each lost money.',
  compute: ({ roundTrips }) =>
    roundTrips.count === 0 ? null : longestStreak(roundTrips, (money) => money < 0),
} as const satisfies Statistic;
