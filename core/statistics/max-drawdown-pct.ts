/**
 * Deepest equity ÷ peak − 1, never positive. Source: backtesting.py, `_stats.py`, "Max.
 * Drawdown".
 */
import type { Statistic } from './statistic.ts';

export const maxDrawdownPct = {
  key: 'maxDrawdownPct',
  unit: 'percent',
  label: 'Max drawdown',
  definition:
    'The deepest fall of equity from an earlier peak, as a negative percentage of that peak.',
  compute: ({ maxDrawdownRatio }) => (maxDrawdownRatio === 0 ? 0 : -maxDrawdownRatio * 100),
} as const satisfies Statistic;
