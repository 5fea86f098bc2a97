/**
 * Union of the spans from entry bar to exit bar, an open position up to the last bar, ÷ the time
 * from first to last bar; null where no time passed. Source: own definition; exposure counts bars.
 */
import type { RoundTripColumns } from '../execution/outcome.ts';
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
    const until = openEntryBar ?? last;
    const { from, to } = byEntry(roundTrips);
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

/** The bars of entry, rising, and of exit; round trips are kept in the order in which they closed. */
function byEntry({ entryBar, exitBar }: RoundTripColumns) {
  if (entryBar.every((bar, k) => k === 0 || entryBar[k - 1]! <= bar)) {
    return { from: entryBar, to: exitBar };
  }
  const order = Uint32Array.from(entryBar.keys()).sort((a, b) => entryBar[a]! - entryBar[b]!);
  const arranged = (column: Int32Array) => Int32Array.from(order, (k) => column[k]!);
  return { from: arranged(entryBar), to: arranged(exitBar) };
}
