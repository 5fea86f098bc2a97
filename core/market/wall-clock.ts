/** What the clock of a zone shows at many instants: asking a zone is slow, and most days have one offset. */
import { DAY_MS } from './timeframe.ts';
import { findZone } from './zone.ts';

/** An instant to the time that is shown, as if that were UTC. */
export type WallClock = (utcMs: number) => number;

/** Each asks its zone about a day once, for all who read it. */
const clocks = new Map<string, WallClock>();

/** Of UTC where nobody knows the zone. */
export function wallClock(zoneId: string): WallClock {
  const known = clocks.get(zoneId) ?? newClock(zoneId);
  clocks.set(zoneId, known);
  return known;
}

function newClock(zoneId: string): WallClock {
  const zone = findZone(zoneId);
  if (!zone.ok) return (utcMs) => utcMs;
  const { offsetMsAt, fixed } = zone.value;
  if (fixed) {
    const offsetMs = offsetMsAt(0);
    return (utcMs) => utcMs + offsetMs;
  }
  /** By day of UTC, at its beginning. */
  const atMidnight = new Map<number, number>();
  function offsetAt(utcDay: number): number {
    const known = atMidnight.get(utcDay);
    if (known !== undefined) return known;
    const offsetMs = offsetMsAt(utcDay * DAY_MS);
    atMidnight.set(utcDay, offsetMs);
    return offsetMs;
  }
  return (utcMs) => {
    const utcDay = Math.floor(utcMs / DAY_MS);
    const begin = offsetAt(utcDay);
    // On a day in which the clocks change the very moment is asked for.
    return utcMs + (begin === offsetAt(utcDay + 1) ? begin : offsetMsAt(utcMs));
  };
}
