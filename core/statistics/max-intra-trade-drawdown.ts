/**
 * Deepest fall of closed profit plus the worst of an open round trip below closed profit plus the
 * best of any so far, that one included; ≤ 0. Source: LEAN,
 * `TradeStatistics.MaximumIntraTradeDrawdown`.
 */
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const maxIntraTradeDrawdown = {
  key: 'maxIntraTradeDrawdown',
  unit: 'money',
  label: 'Max drawdown within round trips',
  definition:
    'The deepest fall that the round trips one after another went through, counted from their best to their worst moments instead of their exits.',
  compute: ({ excursions: { mae, mfe }, roundTrips: { count, profit } }) => {
    let closed = 0;
    let best = 0;
    let deepest = 0;
    for (let k = 0; k < count; k++) {
      best = Math.max(best, closed + mfe[k]!);
      deepest = Math.min(deepest, closed - mae[k]! - best);
      closed += profit[k]!;
    }
    return count === 0 ? null : deepest;
  },
} as const satisfies Statistic<WholeFacts>;
