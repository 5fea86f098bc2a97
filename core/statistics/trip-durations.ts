/** How long each round trip lasted: from the open time of its entry bar to that of its exit bar. */
import type { RoundTripColumns } from '../execution/outcome.ts';

export function tripDurationsMs(trips: RoundTripColumns, timesMs: Float64Array): Float64Array {
  const durations = new Float64Array(trips.count);
  for (let k = 0; k < trips.count; k++) {
    durations[k] = timesMs[trips.exitBar[k]!]! - timesMs[trips.entryBar[k]!]!;
  }
  return durations;
}
