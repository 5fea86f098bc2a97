/**
 * Annual return ÷ (√mean(min(r, 0)²) × √N) over daily returns r; null without a losing day.
 * Source: backtesting.py, `_stats.py`, "Sortino Ratio".
 */
import { mean, quotient } from './moments.ts';
import { returnAnnualPct } from './return-annual-pct.ts';
import type { Statistic } from './statistic.ts';

export const sortino = {
  key: 'sortino',
  unit: 'ratio',
  label: 'Sortino',
  definition: 'Annual return per unit of annual downside: the root mean square of losing days.',
  compute: (facts) => {
    const downside = mean(facts.dailyReturns.map((r) => Math.min(r, 0) ** 2));
    if (downside === null) return null;
    const annualDownsidePct = Math.sqrt(downside) * Math.sqrt(facts.periodsPerYear) * 100;
    return quotient(returnAnnualPct.compute(facts), annualDownsidePct);
  },
} as const satisfies Statistic;
