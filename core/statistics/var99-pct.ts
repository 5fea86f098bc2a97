/**
 * Quantile of the worst 1 % of daily returns, between neighbours in proportion, negative for a
 * loss; null without a return. Source: empyrical, `value_at_risk`.
 */
import { quantile } from './quantiles.ts';
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const var99Pct = {
  key: 'var99Pct',
  unit: 'percent',
  label: 'VaR 99 % (daily)',
  definition: 'The daily return that one day in a hundred fell below, as it happened.',
  compute: ({ sortedDailyReturns }) => {
    const level = quantile(sortedDailyReturns, 0.01);
    return level === null ? null : level * 100;
  },
} as const satisfies Statistic<WholeFacts>;
