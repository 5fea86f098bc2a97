/**
 * Close of the last bar against the close of bar W, the first with every series defined. Source:
 * backtesting.py, `_stats.py`, "Buy & Hold Return".
 */
import type { Statistic } from './statistic.ts';

export const buyHoldReturnPct = {
  key: 'buyHoldReturnPct',
  unit: 'percent',
  label: 'Buy and hold return',
  definition:
    'What the price itself did from the first bar on which the rules have all their values to the last.',
  compute: ({ close, warmupBars }) => {
    const first = close[warmupBars];
    return first === undefined ? null : ((close.at(-1)! - first) / first) * 100;
  },
} as const satisfies Statistic;
