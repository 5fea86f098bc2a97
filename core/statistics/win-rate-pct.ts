/**
 * Round trips with money profit above zero ÷ all; null without one. Source: backtesting.py,
 * `_stats.py`, "Win Rate".
 */
import { gains } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const winRatePct = {
  key: 'winRatePct',
  unit: 'percent',
  label: 'Win rate',
  definition: 'The share of round trips that ended with a profit after commissions.',
  compute: ({ roundTrips }) => {
    const wins = gains(roundTrips.profit).count;
    return roundTrips.count === 0 ? null : (wins / roundTrips.count) * 100;
  },
} as const satisfies Statistic;
