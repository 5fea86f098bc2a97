/**
 * Most calendar days from a day whose last equity is a peak to the day that reaches it again, or
 * to the last day; 0 where equity never fell. Source: own definition, on day ends.
 */
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const longestUnderwaterDays = {
  key: 'longestUnderwaterDays',
  unit: 'count',
  label: 'Longest under water (days)',
  definition:
    'The longest time from a daily equity peak to the next, or to the end of the run, in calendar days.',
  compute: ({ dailyEquity, dayNumbers }) => {
    let peak = -Infinity;
    let peakDay = dayNumbers[0]!;
    let longest = 0;
    let isUnder = false;
    for (let k = 0; k < dailyEquity.length; k++) {
      const back = dailyEquity[k]! >= peak;
      if (isUnder) longest = Math.max(longest, dayNumbers[k]! - peakDay);
      if (back) {
        peak = dailyEquity[k]!;
        peakDay = dayNumbers[k]!;
      }
      isUnder = !back;
      if (isUnder) longest = Math.max(longest, dayNumbers[k]! - peakDay);
    }
    return longest;
  },
} as const satisfies Statistic<WholeFacts>;
