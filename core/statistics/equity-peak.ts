/** Highest equity. Source: backtesting.py, `_stats.py`, "Equity Peak". */
import type { Statistic } from './statistic.ts';

export const equityPeak = {
  key: 'equityPeak',
  unit: 'money',
  label: 'Peak equity',
  definition: 'The most money the account was worth at the close of any bar.',
  compute: ({ equity }) => equity.reduce((peak, value) => Math.max(peak, value)),
} as const satisfies Statistic;
