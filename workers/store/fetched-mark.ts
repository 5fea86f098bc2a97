/**
 * Marks contents that were fetched from the account and may be dropped again: a row `run ID` of the
 * table of blobs, which says when they were last looked at.
 */
import type { ContentKind } from './content-kind.ts';
import type { Database } from './database.ts';

type Mark = Pick<ContentKind, 'mark'>;

export function markOf({ mark }: Mark, id: string): string {
  return `${mark} ${id}`;
}

/** The row's id, where it is a mark of that kind. */
export function idIn({ mark }: Mark, hash: string): string | null {
  return hash.startsWith(`${mark} `) ? hash.slice(mark.length + 1) : null;
}

/** Nothing for contents that are this device's own. */
export async function noteLooked({ blobs }: Database, kind: Mark, id: string): Promise<void> {
  await blobs.update(markOf(kind, id), { usedMs: Date.now() });
}
