/**
 * The times in which something of a round trip was open, one after another: a single one, but where
 * parts that were merged by hand lie apart.
 */
import { isClosed, type ClosedTrip } from './excursion.ts';
import type { RoundTrip } from './round-trip.ts';

/** Prices are means by volume. */
export interface TripLeg {
  readonly openedMs: number;
  readonly closedMs: number;
  readonly volumeLots: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
}

/** Of parts that are one, in order of opening; null where they do not lie apart, or one is open. */
export function legsApart(parts: readonly RoundTrip[]): readonly TripLeg[] | null {
  if (!parts.every(isClosed)) return null;
  const groups: ClosedTrip[][] = [];
  let untilMs = -Infinity;
  for (const part of parts) {
    if (part.openedMs > untilMs) groups.push([]);
    groups.at(-1)!.push(part);
    untilMs = Math.max(untilMs, part.closedMs);
  }
  return groups.length > 1 ? groups.map(legOf) : null;
}

function legOf(parts: readonly ClosedTrip[]): TripLeg {
  const volumeLots = parts.reduce((sum, part) => sum + part.volumeLots, 0);
  const mean = (of: (part: ClosedTrip) => number) =>
    parts.reduce((sum, part) => sum + of(part) * part.volumeLots, 0) / volumeLots;
  return {
    openedMs: Math.min(...parts.map(({ openedMs }) => openedMs)),
    closedMs: Math.max(...parts.map(({ closedMs }) => closedMs)),
    volumeLots,
    entryPrice: mean(({ entryPrice }) => entryPrice),
    exitPrice: mean(({ exitPrice }) => exitPrice),
  };
}
