/**
 * Union of entryBar … exitBar over closed round trips ÷ bars. Source: backtesting.py,
 * `_stats.py`, "Exposure Time".
 */
import { spansByEntry } from './spans-by-entry.ts';
import type { Statistic } from './statistic.ts';

export const exposurePct = {
  key: 'exposurePct',
  unit: 'percent',
  label: 'Exposure',
  definition:
    'The share of bars on which a closed round trip was in the market, its entry and exit bars included.',
  compute: ({ equity, roundTrips }) => {
    const { from, to } = spansByEntry(roundTrips);
    let held = 0;
    let next = 0;
    for (let k = 0; k < from.length; k++) {
      held += Math.max(0, to[k]! + 1 - Math.max(next, from[k]!));
      next = Math.max(next, to[k]! + 1);
    }
    return (held / equity.length) * 100;
  },
} as const satisfies Statistic;
