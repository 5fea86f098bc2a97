/** Final equity against starting cash. Source: backtesting.py, `_stats.py`, "Return". */
import type { Statistic } from './statistic.ts';

export const returnPct = {
  key: 'returnPct',
  unit: 'percent',
  label: 'Return',
  definition: 'Final equity against starting cash.',
  compute: ({ equity, startCash }) => ((equity.at(-1)! - startCash) / startCash) * 100,
} as const satisfies Statistic;
