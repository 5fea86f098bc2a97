/**
 * Annual return ÷ deepest drawdown over the whole run; null without a drawdown. Source:
 * backtesting.py, `_stats.py`, "Calmar Ratio".
 */
import { quotient } from './moments.ts';
import { returnAnnualPct } from './return-annual-pct.ts';
import type { Statistic } from './statistic.ts';

export const calmar = {
  key: 'calmar',
  unit: 'ratio',
  label: 'Calmar',
  definition: 'Annual return per unit of the deepest drawdown.',
  compute: (facts) => quotient(returnAnnualPct.compute(facts), facts.maxDrawdownRatio * 100),
} as const satisfies Statistic;
