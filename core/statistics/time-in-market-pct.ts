/**
 * Union of the spans from entry bar to exit bar, an open position up to the last bar, ÷ the time
 * from first to last bar; null where no time passed. Source: own definition; exposure counts bars.
 */
import { quotient } from './moments.ts';
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
    const spans = Array.from({ length: roundTrips.count }, (_, k) => ({
      from: roundTrips.entryBar[k]!,
      to: roundTrips.exitBar[k]!,
    }));
    if (openEntryBar !== null) spans.push({ from: openEntryBar, to: last });
    spans.sort((a, b) => a.from - b.from);
    let heldMs = 0;
    let reached = 0;
    for (const { from, to } of spans) {
      const start = Math.max(from, reached);
      if (to > start) heldMs += timesMs[to]! - timesMs[start]!;
      reached = Math.max(reached, to);
    }
    const share = quotient(heldMs, timesMs[last]! - timesMs[0]!);
    return share === null ? null : share * 100;
  },
} as const satisfies Statistic<WholeFacts>;
