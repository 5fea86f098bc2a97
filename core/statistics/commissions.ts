/** Sum of commissions of closed round trips. Source: backtesting.py, `_stats.py`, "Commissions". */
import { sum } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const commissions = {
  key: 'commissions',
  unit: 'money',
  label: 'Commissions',
  definition: 'Money paid in commissions at both ends of closed round trips.',
  compute: ({ roundTrips }) => sum(roundTrips.commission),
} as const satisfies Statistic;
