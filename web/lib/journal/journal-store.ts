/** What can be done to the journal: marks at round trips, statements taken away and brought back. */
import type { HandTrip } from '#core/collections/hand-trip.ts';
import type { Statement } from '#core/collections/statement.ts';
import type { Database, StatementBytes } from '#workers/store/database.ts';
import { writing, type Change } from '#workers/store/writing.ts';
import { markStore, type MarkStore } from './mark-store.ts';

export interface RemovedStatement {
  readonly statement: Statement;
  readonly bytes: StatementBytes | undefined;
}

export interface JournalStore extends MarkStore {
  /** For `restore`; undefined when there is none. */
  removeStatement(id: string): Promise<RemovedStatement | undefined>;
  restoreStatement(removed: RemovedStatement): Promise<void>;
  /** Enters it, or changes that of this id. */
  putHand(trip: Omit<HandTrip, 'updatedMs'>): Promise<void>;
  /** For `restoreHands`: those of them that there were. */
  removeHands(ids: readonly string[]): Promise<readonly HandTrip[]>;
  restoreHands(trips: readonly HandTrip[]): Promise<void>;
}

const statements = 'statements';
const hands = 'handTrips';

export function journalStore(database: Database, nowMs: () => number): JournalStore {
  const target = {
    database,
    collections: [statements],
    also: [database.statementBytes],
  };

  const handTarget = { database, collections: [hands] };

  return {
    ...markStore(database, nowMs),
    putHand: ({ id, ...fields }) =>
      writing(handTarget, async (write) => {
        const put = { ...fields, updatedMs: nowMs() };
        await write([{ kind: 'put', collection: hands, id, fields: put }]);
      }),
    removeHands: (ids) =>
      writing(handTarget, async (write) => {
        const found = await database.handTrips.bulkGet([...ids]);
        const there = found.filter((trip) => trip !== undefined);
        if (there.length > 0) {
          await write(there.map(({ id }) => ({ kind: 'remove', collection: hands, id })));
        }
        return there;
      }),
    restoreHands: (trips) =>
      writing(handTarget, async (write) => {
        await write(
          trips.flatMap(({ id, ...fields }) => [
            { kind: 'restore', collection: hands, id } as const,
            { kind: 'put', collection: hands, id, fields: { ...fields } } as const,
          ]),
        );
      }),
    removeStatement: (id) =>
      writing(target, async (write) => {
        const statement = await database.statements.get(id);
        if (!statement) return undefined;
        const bytes = await database.statementBytes.get(id);
        await write([{ kind: 'remove', collection: statements, id }]);
        await database.statementBytes.delete(id);
        return { statement, bytes };
      }),
    restoreStatement: ({ statement: { id, ...fields }, bytes }) =>
      writing(target, async (write) => {
        const changes: Change[] = [
          { kind: 'restore', collection: statements, id },
          { kind: 'put', collection: statements, id, fields: { ...fields } },
        ];
        await write(changes);
        if (bytes) await database.statementBytes.put(bytes);
      }),
  };
}
