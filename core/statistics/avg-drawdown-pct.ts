/**
 * Mean depth of dips; null without one. Source: backtesting.py, `_stats.py`,
 * "Avg. Drawdown".
 */
import { mean } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const avgDrawdownPct = {
  key: 'avgDrawdownPct',
  unit: 'percent',
  label: 'Average drawdown',
  definition: 'The mean depth of the dips between one equity peak and the next, negative.',
  compute: ({ dips }) => {
    const depth = mean(Float64Array.from(dips, (dip) => dip.depthRatio));
    return depth === null ? null : -depth * 100;
  },
} as const satisfies Statistic;
