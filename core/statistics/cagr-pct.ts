/**
 * (final ÷ start)^(1 ÷ years) − 1, a year being 365.25 days; null where no time passed. Source:
 * backtesting.py, `_stats.py`, "CAGR".
 */
import { DAY_MS } from './calendar.ts';
import type { Statistic } from './statistic.ts';

export const cagrPct = {
  key: 'cagrPct',
  unit: 'percent',
  label: 'CAGR',
  definition:
    'The constant yearly growth that leads from starting cash to final equity over the calendar time of the run.',
  compute: ({ equity, startCash, timesMs }) => {
    const years = (timesMs.at(-1)! - timesMs[0]!) / (365.25 * DAY_MS);
    return years > 0 ? ((equity.at(-1)! / startCash) ** (1 / years) - 1) * 100 : null;
  },
} as const satisfies Statistic;
