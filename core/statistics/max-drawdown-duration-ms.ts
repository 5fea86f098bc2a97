/**
 * Longest dip; null without one. Source: backtesting.py, `_stats.py`, "Max.
 * Drawdown Duration".
 */
import type { Statistic } from './statistic.ts';

export const maxDrawdownDurationMs = {
  key: 'maxDrawdownDurationMs',
  unit: 'durationMs',
  label: 'Longest drawdown',
  definition: 'The longest time from an equity peak until it was reached again, or until the end.',
  compute: ({ dips }) =>
    dips.length === 0 ? null : dips.reduce((longest, dip) => Math.max(longest, dip.durationMs), 0),
} as const satisfies Statistic;
