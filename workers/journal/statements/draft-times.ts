/** When the deals of a statement were made, of the clock that it shows. */
import { wallToUtc, type Zone } from '#core/market/zone.ts';
import type { DraftDeal } from './draft.ts';

export interface DraftTimes {
  /** UTC, one a deal; of one with a fault it says nothing. */
  readonly utcMs: Float64Array;
  /** Why deals are left out, by their indices: a trade is left out whole. */
  readonly faults: ReadonlyMap<number, string>;
}

const skippedHour = 'In this time zone the clocks skipped that hour.';
const reversed = 'It closes before it opens.';
/** Clocks are put back by no more. */
const mostPutBackMs = 2 * 3_600_000;

export function draftTimes(deals: readonly DraftDeal[], zone: Zone): DraftTimes {
  const walls = Float64Array.from(deals, ({ wallMs }) => wallMs);
  const read = wallToUtc(walls, zone, { equalTimes: true });
  const utcMs = read.utcMs.map((ms, at) => (deals[at]!.isUtc ? walls[at]! : ms));
  const faults = new Map<number, string>();
  utcMs.forEach((ms, at) => {
    if (Number.isNaN(ms)) faults.set(at, skippedHour);
  });
  const repeated = new Set(read.repeated);
  for (const [opening, closing] of pairsOf(deals)) {
    const fault = faults.get(opening) ?? faults.get(closing);
    if (fault === undefined && utcMs[closing]! < utcMs[opening]! && repeated.has(closing)) {
      // The hour was twice: it closed in the second of them.
      utcMs[closing] = walls[closing]! - zone.offsetMsAt(utcMs[closing]! + mostPutBackMs);
    }
    const isReversed = utcMs[closing]! < utcMs[opening]!;
    const told = fault ?? (isReversed ? reversed : undefined);
    if (told === undefined) continue;
    faults.set(opening, told).set(closing, told);
  }
  return { utcMs, faults };
}

/** Indices of openings and closings that were one line. */
function pairsOf(deals: readonly DraftDeal[]): readonly (readonly [number, number])[] {
  if (deals.every(({ opening }) => !opening)) return [];
  const places = new Map(deals.map((deal, at) => [deal, at]));
  return deals.flatMap(({ opening }, at) => {
    const place = opening && places.get(opening);
    return place === undefined ? [] : [[place, at] as const];
  });
}
