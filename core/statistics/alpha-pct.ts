/**
 * Return − beta × buy-and-hold return, at a risk-free rate of zero. Source: Jensen 1968;
 * backtesting.py, "Alpha".
 */
import { buyHoldReturnPct } from './buy-hold-return-pct.ts';
import { returnPct } from './return-pct.ts';
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const alphaPct = {
  key: 'alphaPct',
  unit: 'percent',
  label: 'Alpha',
  definition:
    'The part of the return that holding the market in proportion to beta does not explain.',
  compute: (facts) => {
    const market = buyHoldReturnPct.compute(facts);
    const own = returnPct.compute(facts);
    const { slope } = facts;
    return market === null || slope === null || own === null ? null : own - slope * market;
  },
} as const satisfies Statistic<WholeFacts>;
