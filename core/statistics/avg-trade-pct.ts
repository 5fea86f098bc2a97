/**
 * Geometric mean of round-trip returns; null without one, or where one lost more than its own
 * value. Source: backtesting.py, `_stats.py`, "Avg. Trade".
 */
import { mean } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const avgTradePct = {
  key: 'avgTradePct',
  unit: 'percent',
  label: 'Average trade',
  definition:
    'The geometric mean of round-trip returns: what each would have to earn to compound to the same end.',
  compute: ({ tripReturns }) => {
    const logGrowth = mean(tripReturns.map((r) => Math.log(1 + r)));
    return logGrowth === null || Number.isNaN(logGrowth) ? null : (Math.exp(logGrowth) - 1) * 100;
  },
} as const satisfies Statistic;
