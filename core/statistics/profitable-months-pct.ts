/**
 * Months with a return above zero ÷ months that have bars, in UTC. Source: own definition.
 */
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const profitableMonthsPct = {
  key: 'profitableMonthsPct',
  unit: 'percent',
  label: 'Profitable months',
  definition:
    'The share of calendar months, first and last included, that ended with more equity than they began with.',
  compute: ({ monthlyReturns }) => {
    const gains = monthlyReturns.filter(({ ratio }) => ratio > 0).length;
    return (gains / monthlyReturns.length) * 100;
  },
} as const satisfies Statistic<WholeFacts>;
