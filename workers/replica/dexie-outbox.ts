/**
 * The outbox in IndexedDB. A request for each of many entries is what takes time there: those whose
 * numbers follow one another are read and deleted as ranges, those of rows a row at a time.
 */
import { Dexie, type Table, type Transaction } from 'dexie';
import type { Database } from '#workers/store/database.ts';
import type { Later } from './dexie-rows.ts';
import type { OutboxEntry, ReplicaTx } from './replica-store.ts';

type OutboxTx = Pick<
  ReplicaTx,
  | 'outboxOf'
  | 'outbox'
  | 'outboxByLsn'
  | 'outboxCount'
  | 'addToOutbox'
  | 'putOutbox'
  | 'deleteFromOutbox'
>;

/** So few rows are asked for without a look at how much there is. */
const fewRows = 20;

export function outboxOf({ outbox }: Database, { idbtrans }: Transaction, later: Later): OutboxTx {
  return {
    async outboxOf(places) {
      const keys = new Map(
        places.map(({ collection, row }) => [`${collection} ${row}`, [collection, row]]),
      );
      const count = keys.size > fewRows ? await outbox.count() : Infinity;
      if (count === 0 || keys.size === 0) return [];
      if (count <= 4 * keys.size) {
        const all = await outbox.toArray();
        return all.filter(({ collection, row }) => keys.has(`${collection} ${row}`));
      }
      // A cursor that jumps from key to key would wait at each step: all are asked at once.
      const index = idbtrans.objectStore(outbox.name).index('[collection+row]');
      const found = await Dexie.Promise.all(
        [...keys.values()].map((key) => answerOf<OutboxEntry[]>(index.getAll(key))),
      );
      return found.flat().sort((one, other) => one.lsn - other.lsn);
    },
    outbox({ after = 0, most = Infinity } = {}) {
      const range = outbox.where('lsn').above(after);
      return (most < Infinity ? range.limit(most) : range).toArray();
    },
    async outboxByLsn(lsns) {
      const runs = runsOf(lsns);
      if (runs.length > lsns.length / 4) {
        return (await outbox.bulkGet([...lsns])).filter((entry) => entry !== undefined);
      }
      const found = await Dexie.Promise.all(
        runs.map(({ first, last }) =>
          outbox.where('lsn').between(first, last, true, true).toArray(),
        ),
      );
      const byLsn = new Map(found.flat().map((entry) => [entry.lsn, entry]));
      return lsns.flatMap((lsn) => byLsn.get(lsn) ?? []);
    },
    outboxCount: () => outbox.count(),
    async addToOutbox(entries) {
      if (entries.length > 0) later((outbox as Table).bulkAdd([...entries]));
    },
    async putOutbox(entries) {
      if (entries.length > 0) later(outbox.bulkPut([...entries]));
    },
    async deleteFromOutbox(lsns) {
      const runs = runsOf(lsns);
      if (runs.length > lsns.length / 4) return later(outbox.bulkDelete([...lsns]));
      for (const { first, last } of runs) {
        later(outbox.where('lsn').between(first, last, true, true).delete());
      }
    },
  };
}

interface Run {
  readonly first: number;
  last: number;
}

/** The numbers as ranges that hold no others. */
function runsOf(lsns: readonly number[]): readonly Run[] {
  const runs: Run[] = [];
  for (const lsn of lsns.toSorted((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run && lsn <= run.last + 1) run.last = lsn;
    else runs.push({ first: lsn, last: lsn });
  }
  return runs;
}

/** What a request of the open transaction comes to. */
function answerOf<T>(request: IDBRequest<T>): PromiseLike<T> {
  return new Dexie.Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
