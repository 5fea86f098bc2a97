/**
 * Mean maximum adverse excursion in money, ≥ 0; null without a round trip. Source: Sweeney 1996,
 * Maximum Adverse Excursion; LEAN, `TradeStatistics.AverageMAE`, negative there.
 */
import { mean } from './moments.ts';
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const avgMae = {
  key: 'avgMae',
  unit: 'money',
  label: 'Average MAE',
  definition:
    'The mean worst excursion: how far each round trip was under water at its worst, before commissions.',
  compute: ({ excursions }) => mean(excursions.mae),
} as const satisfies Statistic<WholeFacts>;
