/**
 * Mean of the worst floor((n − 1) × 0.01) + 1 daily returns; null without a return. Source:
 * empyrical, `conditional_value_at_risk`.
 */
import { tailMean } from './quantiles.ts';
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const cvar99Pct = {
  key: 'cvar99Pct',
  unit: 'percent',
  label: 'CVaR 99 % (daily)',
  definition: 'The mean of the worst hundredth of daily returns, also called expected shortfall.',
  compute: ({ sortedDailyReturns }) => {
    const shortfall = tailMean(sortedDailyReturns, 0.01);
    return shortfall === null ? null : shortfall * 100;
  },
} as const satisfies Statistic<WholeFacts>;
