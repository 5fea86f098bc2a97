/**
 * Mean maximum favourable excursion in money, ≥ 0; null without a round trip. Source: Sweeney
 * 1996, Maximum Adverse Excursion; LEAN, `TradeStatistics.AverageMFE`.
 */
import { mean } from './moments.ts';
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const avgMfe = {
  key: 'avgMfe',
  unit: 'money',
  label: 'Average MFE',
  definition:
    'The mean best excursion: how far each round trip was ahead at its best, before commissions.',
  compute: ({ excursions }) => mean(excursions.mfe),
} as const satisfies Statistic<WholeFacts>;
