/**
 * Arithmetic mean of round-trip returns; null without one. Source: backtesting.py, `_stats.py`,
 * "Expectancy".
 */
import { mean } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const expectancyPct = {
  key: 'expectancyPct',
  unit: 'percent',
  label: 'Expectancy',
  definition: 'The plain mean of round-trip returns.',
  compute: ({ tripReturns }) => {
    const average = mean(tripReturns);
    return average === null ? null : average * 100;
  },
} as const satisfies Statistic;
