/** Equity at the last bar. Source: backtesting.py, `_stats.py`, "Equity Final". */
import type { Statistic } from './statistic.ts';

export const equityFinal = {
  key: 'equityFinal',
  unit: 'money',
  label: 'Final equity',
  definition:
    'Money at the close of the last bar, the floating profit of an open position included.',
  compute: ({ equity }) => equity.at(-1)!,
} as const satisfies Statistic;
