/**
 * Lowest monthly return, months in UTC. Source: own definition.
 */
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const worstMonthPct = {
  key: 'worstMonthPct',
  unit: 'percent',
  label: 'Worst month',
  definition: 'The lowest return of a calendar month, first and last ones as far as they go.',
  compute: ({ monthlyReturns }) => Math.min(...monthlyReturns.map(({ ratio }) => ratio)) * 100,
} as const satisfies Statistic<WholeFacts>;
