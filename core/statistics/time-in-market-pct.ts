/**
 * Union of the spans from entry bar to exit bar, an open position up to the last bar, ÷ the time
 * from first to last bar; null where no time passed. Source: own definition; exposure counts bars.
 */
import { quotient } from './moments.ts';
import { spansByEntry } from './spans-by-entry.ts';
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const timeInMarketPct = {
  key: 'timeInMarketPct',
  unit: 'percent',
  label: 'Time in market',
  definition:
    'The share of the calendar time of the run during which a position was open, one still open at the end included.',
  compute: ({ roundTrips, openEntryBar, timesMs }) => {
    const last = timesMs.length - 1;
    const until = openEntryBar ?? last;
    const { from, to } = spansByEntry(roundTrips);
    let heldMs = openEntryBar === null ? 0 : timesMs[last]! - timesMs[until]!;
    let reached = 0;
    for (let k = 0; k < from.length; k++) {
      const start = Math.max(from[k]!, reached);
      const end = Math.min(to[k]!, until);
      if (end > start) heldMs += timesMs[end]! - timesMs[start]!;
      reached = Math.max(reached, end);
    }
    const share = quotient(heldMs, timesMs[last]! - timesMs[0]!);
    return share === null ? null : share * 100;
  },
} as const satisfies Statistic<WholeFacts>;
