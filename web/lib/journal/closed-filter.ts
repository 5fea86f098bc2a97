/** A filter without what is still open. */
import type { TripFilter } from '#workers/journal/api.ts';

/** What has no closing lies within no time, be it ever so long. */
export function closedAlone(filter: TripFilter): TripFilter {
  return { ...filter, fromMs: filter.fromMs ?? -Infinity };
}
