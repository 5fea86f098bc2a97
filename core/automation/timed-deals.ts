/** A broker's deals with their times in UTC, whatever its clock showed when each was made. */
import type { Deal } from '../broker/book.ts';
import { wallToUtc, type Zone } from '../market/zone.ts';

export interface TimedDeal extends Deal {
  /** UTC. */
  readonly atMs: number;
}

/** `deals` are in the order of the broker's time, and stay in it. */
export function timedDeals(deals: readonly Deal[], zone: Zone): readonly TimedDeal[] {
  const times = utcMs(
    deals.map(({ serverMs }) => serverMs),
    zone,
  );
  return deals.map((deal, i) => ({ ...deal, atMs: times[i]! }));
}

/** UTC of one time of the broker's clock. */
export function utcOf(serverMs: number, zone: Zone): number {
  return utcMs([serverMs], zone)[0]!;
}

/** A time that the clock skipped, as where its zone is another one than it seems, is read as it goes. */
function utcMs(serverMs: readonly number[], zone: Zone): Float64Array {
  const { utcMs: told } = wallToUtc(Float64Array.from(serverMs), zone, { equalTimes: true });
  return told.map((ms, i) =>
    Number.isNaN(ms) ? serverMs[i]! - zone.offsetMsAt(serverMs[i]!) : ms,
  );
}
