/**
 * Annual return (geometric) ÷ ulcer index, at a risk-free rate of zero; null without a fall.
 * Source: Martin and McCann 1989, The Investor’s Guide to Fidelity Funds.
 */
import { quotient } from './moments.ts';
import { returnAnnualPct } from './return-annual-pct.ts';
import { ulcerIndexPct } from './ulcer-index-pct.ts';
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const ulcerPerformance = {
  key: 'ulcerPerformance',
  unit: 'ratio',
  label: 'Ulcer performance',
  definition: 'Annual return per unit of the ulcer index, also called the Martin ratio.',
  compute: (facts) => quotient(returnAnnualPct.compute(facts), ulcerIndexPct.compute(facts)),
} as const satisfies Statistic<WholeFacts>;
