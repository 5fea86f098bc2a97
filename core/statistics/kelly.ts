/**
 * p − (1 − p) ÷ (mean win ÷ mean loss) on money, p the win rate; null without a win and a loss.
 * Source: Kelly 1956; backtesting.py, "Kelly Criterion".
 */
import { gains, losses, quotient } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const kelly = {
  key: 'kelly',
  unit: 'ratio',
  label: 'Kelly',
  definition:
    'The fraction of capital that would have grown it fastest, had every round trip won or lost the average amount.',
  compute: ({ roundTrips: { profit, count } }) => {
    const wins = gains(profit);
    const payoff = quotient(wins.mean, losses(profit).mean);
    if (payoff === null || payoff === 0) return null;
    const winRate = wins.count / count;
    return winRate - (1 - winRate) / -payoff;
  },
} as const satisfies Statistic;
