/**
 * Mean duration of dips, rounded up to the unit of the bars; null without a dip. Source:
 * backtesting.py, `_stats.py`, "Avg. Drawdown Duration".
 */
import { mean } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const avgDrawdownDurationMs = {
  key: 'avgDrawdownDurationMs',
  unit: 'durationMs',
  label: 'Average drawdown time',
  definition:
    'The mean time between an equity peak and the next, over all dips, in whole days, hours or minutes as the bars are.',
  compute: ({ dips, barUnitMs }) => {
    const duration = mean(Float64Array.from(dips, (dip) => dip.durationMs));
    return duration === null ? null : Math.ceil(duration / barUnitMs) * barUnitMs;
  },
} as const satisfies Statistic;
