/**
 * Covariance of the log returns of equity and close, bar by bar over the whole run, ÷ the
 * variance of the latter; null where equity reached zero. Source: backtesting.py, `_stats.py`,
 * "Beta".
 */
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const beta = {
  key: 'beta',
  unit: 'ratio',
  label: 'Beta',
  definition: 'How far equity moved, bar by bar, for each move of the price.',
  compute: ({ slope }) => slope,
} as const satisfies Statistic<WholeFacts>;
