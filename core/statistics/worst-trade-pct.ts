/** Lowest round-trip return. Source: backtesting.py, `_stats.py`, "Worst Trade". */
import type { Statistic } from './statistic.ts';

export const worstTradePct = {
  key: 'worstTradePct',
  unit: 'percent',
  label: 'Worst trade',
  definition: 'The lowest return of a round trip on its own value, after commissions.',
  compute: ({ tripReturns }) =>
    tripReturns.length === 0 ? null : tripReturns.reduce((worst, r) => Math.min(worst, r)) * 100,
} as const satisfies Statistic;
