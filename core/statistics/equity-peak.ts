/** Highest equity. Source: backtesting.py, `_stats.py`, "Equity Peak". */
import type { Statistic } from './statistic.ts';

export const equityPeak = {
  key: 'equityPeak',
  unit: 'money',
  label: 'Peak equity',
  definition: 'The most money the account was worth at the close of any bar.',
  compute: ({ equity }) => {
    let peak = equity[0]!;
    for (let i = 1; i < equity.length; i++) if (equity[i]! > peak) peak = equity[i]!;
    return peak;
  },
} as const satisfies Statistic;
