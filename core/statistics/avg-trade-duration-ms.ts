/**
 * Mean time between the opens of entry and exit bar, rounded up to the unit of the bars; null
 * without a round trip. Source: backtesting.py, `_stats.py`, "Avg. Trade Duration".
 */
import { mean } from './moments.ts';
import { tripDurationsMs } from './trip-durations.ts';
import type { Statistic } from './statistic.ts';

export const avgTradeDurationMs = {
  key: 'avgTradeDurationMs',
  unit: 'durationMs',
  label: 'Average trade time',
  definition:
    'The mean time from entry bar to exit bar, in whole days, hours or minutes as the bars are.',
  compute: ({ roundTrips, timesMs, barUnitMs }) => {
    const duration = mean(tripDurationsMs(roundTrips, timesMs));
    return duration === null ? null : Math.ceil(duration / barUnitMs) * barUnitMs;
  },
} as const satisfies Statistic;
