/** What was written at round trips in words: their comments, notes and playbooks. */
import type { Playbook } from '#core/collections/playbook.ts';
import type { TripBook } from './trip-book.ts';
import type { WrittenOf } from './trip-file.ts';

/** Of a playbook that is gone nothing is said. */
export function writtenAt(book: TripBook, playbooks: readonly Playbook[]): WrittenOf {
  const byId = new Map(playbooks.map((playbook) => [playbook.id, playbook]));
  return (trip) => {
    const playbook = trip.playbook === null ? undefined : byId.get(trip.playbook);
    return {
      comment: book.comment(trip),
      playbookName: playbook?.name ?? null,
      metCriteria: trip.met.flatMap((id) => playbook?.criteria[id] ?? []),
      notes: book.note(trip),
    };
  };
}
