/**
 * Lowest change of the last equity of a UTC day against that of the day before; null with one
 * day. Source: own definition.
 */
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const worstDayPct = {
  key: 'worstDayPct',
  unit: 'percent',
  label: 'Worst day',
  definition: 'The lowest change of equity from one day to the next.',
  compute: ({ sortedDailyReturns }) => {
    const day = sortedDailyReturns.at(0);
    return day === undefined ? null : day * 100;
  },
} as const satisfies Statistic<WholeFacts>;
