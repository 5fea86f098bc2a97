/** Round trips merged and split by hand, and back: decisions about deals, which stay as they are. */
import { type NamedTrip, type TripEdit } from '#core/collections/trip-edit.ts';
import type { Database } from '#workers/store/database.ts';
import { writing } from '#workers/store/writing.ts';

export interface EditStore {
  /** Both answer what takes the decision back, for `takeBack`. */
  merge(trips: readonly NamedTrip[]): Promise<readonly string[]>;
  /** In two at the deal of this key. */
  split(at: string): Promise<readonly string[]>;
  /** For `restore`: those of them that there were. */
  takeBack(ids: readonly string[]): Promise<readonly TripEdit[]>;
  restore(edits: readonly TripEdit[]): Promise<void>;
}

const collection = 'tripEdits';

export function editStore(database: Database, nowMs: () => number, newId: () => string): EditStore {
  const target = { database, collections: [collection] };
  const decide = (fields: Omit<TripEdit, 'id' | 'updatedMs'>) =>
    writing(target, async (write) => {
      const id = `e${newId()}`;
      const put = { ...fields, updatedMs: nowMs() };
      await write([{ kind: 'put', collection, id, fields: put }]);
      return [id];
    });
  return {
    merge: (trips) => decide({ kind: 'merge', trips, at: null }),
    split: (at) => decide({ kind: 'split', trips: [], at }),
    takeBack: (ids) =>
      writing(target, async (write) => {
        const edits = await database.tripEdits.bulkGet([...ids]);
        const there = edits.filter((edit) => edit !== undefined);
        if (there.length > 0) {
          await write(there.map(({ id }) => ({ kind: 'remove', collection, id })));
        }
        return there;
      }),
    restore: (edits) =>
      writing(target, async (write) => {
        await write(
          edits.flatMap(({ id, ...fields }) => [
            { kind: 'restore', collection, id } as const,
            { kind: 'put', collection, id, fields: { ...fields } } as const,
          ]),
        );
      }),
  };
}
