/**
 * Mean of MFE − profit before commissions, ≥ 0; null without a round trip. Source: LEAN,
 * `Trade.EndTradeDrawdown`, negative there.
 */
import { mean } from './moments.ts';
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const avgEndTradeDrawdown = {
  key: 'avgEndTradeDrawdown',
  unit: 'money',
  label: 'Average given back',
  definition:
    'The mean end-trade drawdown: the part of its best open profit that a round trip gave back before its exit.',
  compute: ({ excursions, roundTrips: { profit, commission } }) =>
    mean(excursions.mfe.map((best, k) => best - (profit[k]! + commission[k]!))),
} as const satisfies Statistic<WholeFacts>;
