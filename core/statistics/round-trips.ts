/**
 * Closed round trips; a position still open at the end does not count. Source: backtesting.py,
 * `_stats.py`, "# Trades".
 */
import type { Statistic } from './statistic.ts';

export const roundTrips = {
  key: 'roundTrips',
  unit: 'count',
  label: 'Round trips',
  definition: 'How many positions were opened and closed again.',
  compute: ({ roundTrips }) => roundTrips.count,
} as const satisfies Statistic;
