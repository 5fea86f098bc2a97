/** What is written at a round trip that was put together: what was written at each of its parts. */
import type { TripMark } from '#core/collections/trip-mark.ts';
import type { EditedTrip } from '#core/journal/edited-trips.ts';

export const unmarked: TripMark = { id: '', tags: [], met: [], mistakes: [], updatedMs: 0 };

/** Tags and mistakes of all of them; of rating, playbook and plan the first that there is. */
export function markAt(trip: EditedTrip, markOf: ReadonlyMap<string, TripMark>): TripMark {
  const ids = trip.edited?.ids ?? [];
  if (ids.length < 2) return markOf.get(trip.id) ?? unmarked;
  const marks = ids.flatMap((id) => markOf.get(id) ?? []);
  const united = (of: (mark: TripMark) => readonly string[]) => [...new Set(marks.flatMap(of))];
  const [rating = null] = marks.flatMap(({ rating }) => rating ?? []);
  const [playbook = null] = marks.flatMap(({ playbook }) => playbook ?? []);
  const [plannedSl = null] = marks.flatMap(({ plannedSl }) => plannedSl ?? []);
  const [plannedTp = null] = marks.flatMap(({ plannedTp }) => plannedTp ?? []);
  return {
    id: trip.id,
    tags: united(({ tags }) => tags),
    met: united(({ met }) => met),
    mistakes: united(({ mistakes }) => mistakes),
    ...{ rating, playbook, plannedSl, plannedTp, updatedMs: 0 },
  };
}

/** Ids at which notes and marks about it may stand. */
export function idsOf({ id, edited }: EditedTrip): readonly string[] {
  return edited?.ids ?? [id];
}
