/**
 * Mean of the worst floor((n − 1) × 0.05) + 1 daily returns; null without a return. Source:
 * empyrical, `conditional_value_at_risk`.
 */
import { tailMean } from './quantiles.ts';
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const cvar95Pct = {
  key: 'cvar95Pct',
  unit: 'percent',
  label: 'CVaR 95 % (daily)',
  definition: 'The mean of the worst twentieth of daily returns, also called expected shortfall.',
  compute: ({ sortedDailyReturns }) => {
    const shortfall = tailMean(sortedDailyReturns, 0.05);
    return shortfall === null ? null : shortfall * 100;
  },
} as const satisfies Statistic<WholeFacts>;
