/**
 * Mean of negative round-trip profits in money; null without one. Source: LEAN,
 * `TradeStatistics.AverageLoss`, which counts a result of zero as a loss.
 */
import { losses } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const avgLoss = {
  key: 'avgLoss',
  unit: 'money',
  label: 'Average loss',
  definition: 'The mean result of the round trips that lost money, after commissions, negative.',
  compute: ({ roundTrips }) => losses(roundTrips.profit).mean,
} as const satisfies Statistic;
