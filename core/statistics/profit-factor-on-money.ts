/**
 * Sum of positive round-trip profits ÷ sum of negative ones, unsigned; on money, not on returns;
 * null without a loss. Source: LEAN, `TradeStatistics.ProfitFactor`.
 */
import { gains, losses, quotient } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const profitFactorOnMoney = {
  key: 'profitFactorOnMoney',
  unit: 'ratio',
  label: 'Profit factor (money)',
  definition: 'The money won for each unit of money lost, after commissions.',
  compute: ({ roundTrips: { profit } }) => quotient(gains(profit).sum, -losses(profit).sum),
} as const satisfies Statistic;
