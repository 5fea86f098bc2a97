/**
 * |95 % quantile| ÷ |5 % quantile| of daily returns; null where the latter is zero. Source:
 * empyrical, `tail_ratio`.
 */
import { quotient } from './moments.ts';
import { quantile } from './quantiles.ts';
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const tailRatio = {
  key: 'tailRatio',
  unit: 'ratio',
  label: 'Tail ratio',
  definition:
    'The size of good days (one in twenty is better) for each unit of the size of bad ones (one in twenty is worse).',
  compute: ({ sortedDailyReturns: sorted }) => {
    const good = quantile(sorted, 0.95);
    const bad = quantile(sorted, 0.05);
    return good === null || bad === null ? null : quotient(Math.abs(good), Math.abs(bad));
  },
} as const satisfies Statistic<WholeFacts>;
