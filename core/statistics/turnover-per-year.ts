/**
 * Sum of |units| × (entry + exit price) ÷ mean equity ÷ years, a year being 365.25 days; null
 * where no time passed. Source: own definition, both sides counted.
 */
import { DAY_MS } from './calendar.ts';
import { mean, quotient } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const turnoverPerYear = {
  key: 'turnoverPerYear',
  unit: 'ratio',
  label: 'Turnover a year',
  definition: 'The value bought and sold in a year, for each unit of average equity.',
  compute: ({ roundTrips, equity, timesMs }) => {
    let traded = 0;
    for (let k = 0; k < roundTrips.count; k++) {
      const bothSides = roundTrips.entryPrice[k]! + roundTrips.exitPrice[k]!;
      traded += Math.abs(roundTrips.units[k]!) * bothSides;
    }
    const years = (timesMs.at(-1)! - timesMs[0]!) / (365.25 * DAY_MS);
    return quotient(quotient(traded, mean(equity)), years);
  },
} as const satisfies Statistic;
