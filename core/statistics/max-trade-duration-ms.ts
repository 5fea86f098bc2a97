/**
 * Longest time between the opens of entry and exit bar; null without a round trip. Source:
 * backtesting.py, `_stats.py`, "Max. Trade Duration".
 */
import { tripDurationsMs } from './trip-durations.ts';
import type { Statistic } from './statistic.ts';

export const maxTradeDurationMs = {
  key: 'maxTradeDurationMs',
  unit: 'durationMs',
  label: 'Longest trade',
  definition: 'The longest time from the entry bar of a round trip to its exit bar.',
  compute: ({ roundTrips, timesMs }) =>
    roundTrips.count === 0
      ? null
      : tripDurationsMs(roundTrips, timesMs).reduce((longest, ms) => Math.max(longest, ms)),
} as const satisfies Statistic;
