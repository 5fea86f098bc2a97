/**
 * Annual return ÷ (√mean(min(r, 0)²) × √N) over daily returns r; null without a losing day.
 * Source: backtesting.py, `_stats.py`, "Sortino Ratio".
 */
import { quotient } from './moments.ts';
import { returnAnnualPct } from './return-annual-pct.ts';
import type { Statistic } from './statistic.ts';

export const sortino = {
  key: 'sortino',
  unit: 'ratio',
  label: 'Sortino',
  definition: 'Annual return per unit of annual downside: the root mean square of losing days.',
  compute: (facts) => {
    const downside = meanSquareBelowZero(facts.dailyReturns);
    if (downside === null) return null;
    const annualDownsidePct = Math.sqrt(downside) * Math.sqrt(facts.periodsPerYear) * 100;
    return quotient(returnAnnualPct.compute(facts), annualDownsidePct);
  },
} as const satisfies Statistic;

/** null of nothing. */
function meanSquareBelowZero(returns: Float64Array): number | null {
  let squares = 0;
  for (let i = 0; i < returns.length; i++) {
    const below = Math.min(returns[i]!, 0);
    squares += below * below;
  }
  return returns.length === 0 ? null : squares / returns.length;
}
