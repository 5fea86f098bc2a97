/**
 * p − (1 − p) ÷ (mean win ÷ mean loss) on money, p the win rate; null without a win and a loss.
 * Source: Kelly 1956; backtesting.py, "Kelly Criterion".
 */
import { mean, quotient } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const kelly = {
  key: 'kelly',
  unit: 'ratio',
  label: 'Kelly',
  definition:
    'The fraction of capital that would have grown it fastest, had every round trip won or lost the average amount.',
  compute: ({ roundTrips: { profit, count } }) => {
    const wins = profit.filter((money) => money > 0);
    const payoff = quotient(mean(wins), mean(profit.filter((money) => money < 0)));
    if (payoff === null || payoff === 0) return null;
    const winRate = wins.length / count;
    return winRate - (1 - winRate) / -payoff;
  },
} as const satisfies Statistic;
