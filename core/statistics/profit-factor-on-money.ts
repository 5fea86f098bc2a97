/**
 * Sum of positive round-trip profits ÷ sum of negative ones, unsigned; on money, not on returns;
 * null without a loss. Source: LEAN, `TradeStatistics.ProfitFactor`.
 */
import { quotient, sum } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const profitFactorOnMoney = {
  key: 'profitFactorOnMoney',
  unit: 'ratio',
  label: 'Profit factor (money)',
  definition: 'The money won for each unit of money lost, after commissions.',
  compute: ({ roundTrips: { profit } }) =>
    quotient(sum(profit.filter((money) => money > 0)), -sum(profit.filter((money) => money < 0))),
} as const satisfies Statistic;
