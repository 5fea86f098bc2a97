/**
 * Highest monthly return, months in UTC. Source: own definition.
 */
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const bestMonthPct = {
  key: 'bestMonthPct',
  unit: 'percent',
  label: 'Best month',
  definition: 'The highest return of a calendar month, first and last ones as far as they go.',
  compute: ({ monthlyReturns }) => Math.max(...monthlyReturns.map(({ ratio }) => ratio)) * 100,
} as const satisfies Statistic<WholeFacts>;
