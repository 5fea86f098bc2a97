/**
 * Highest change of the last equity of a UTC day against that of the day before; null with one
 * day. Source: own definition.
 */
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const bestDayPct = {
  key: 'bestDayPct',
  unit: 'percent',
  label: 'Best day',
  definition: 'The highest change of equity from one day to the next.',
  compute: ({ sortedDailyReturns }) => {
    const day = sortedDailyReturns.at(-1);
    return day === undefined ? null : day * 100;
  },
} as const satisfies Statistic<WholeFacts>;
