/**
 * Annual return ÷ annual volatility, geometric, not the arithmetic Sharpe ratio. Source:
 * backtesting.py, `_stats.py`, "Sharpe Ratio".
 */
import { quotient } from './moments.ts';
import { returnAnnualPct } from './return-annual-pct.ts';
import { volatilityAnnualPct } from './volatility-annual-pct.ts';
import type { Statistic } from './statistic.ts';

export const sharpeGeometric = {
  key: 'sharpeGeometric',
  unit: 'ratio',
  label: 'Sharpe (geometric)',
  definition:
    'Annual return per unit of annual volatility, both under compounding, at a risk-free rate of zero.',
  compute: (facts) => quotient(returnAnnualPct.compute(facts), volatilityAnnualPct.compute(facts)),
} as const satisfies Statistic;
