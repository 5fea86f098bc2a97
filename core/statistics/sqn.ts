/**
 * √n × mean ÷ sample deviation of round-trip profits in money; null below two round trips.
 * Source: Tharp 2008, Definitive Guide to Position Sizing; backtesting.py, "SQN".
 */
import { mean, quotient, sampleVariance } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const sqn = {
  key: 'sqn',
  unit: 'ratio',
  label: 'SQN',
  definition:
    'How many standard errors the mean profit lies above zero: the system quality number.',
  compute: ({ roundTrips: { profit, count } }) => {
    const variance = sampleVariance(profit);
    const average = mean(profit);
    if (variance === null || average === null) return null;
    return quotient(Math.sqrt(count) * average, Math.sqrt(variance));
  },
} as const satisfies Statistic;
