/** A replica's storage in memory: transactions one after another, undone when their work throws. */
import type { RowState } from '#core/sync/row-state.ts';
import type {
  Loser,
  OutboxEntry,
  ReplicaMeta,
  ReplicaStore,
  ReplicaTx,
  ShadowRow,
  ShelvedOp,
} from '#workers/replica/replica-store.ts';

export interface ReplicaData {
  rows: Map<string, Map<string, RowState>>;
  outbox: Map<number, OutboxEntry>;
  lastLsn: number;
  shadows: Map<string, ShadowRow>;
  meta: Partial<ReplicaMeta>;
  losers: Loser[];
  shelf: ShelvedOp[];
}

export interface MemoryReplica extends ReplicaStore {
  readonly data: ReplicaData;
  /** A profile as it was copied. */
  copy(): MemoryReplica;
}

export interface Interruptions {
  /** Awaited at each step of a transaction; may throw, as a device that dies does. */
  step(): Promise<void>;
}

const keyOf = ({ collection, row }: { collection: string; row: string }) => `${collection} ${row}`;

export function emptyReplica(): ReplicaData {
  return {
    rows: new Map(),
    outbox: new Map(),
    lastLsn: 0,
    shadows: new Map(),
    meta: {},
    losers: [],
    shelf: [],
  };
}

export function memoryReplica(
  interruptions: Interruptions = { step: async () => undefined },
  data: ReplicaData = emptyReplica(),
): MemoryReplica {
  let last: Promise<unknown> = Promise.resolve();
  return {
    data,
    copy: () => memoryReplica(interruptions, structuredClone(data)),
    transact(_, work) {
      const run = async () => {
        const undo: (() => void)[] = [];
        try {
          const result = await work(transaction(data, undo, interruptions));
          await interruptions.step();
          return result;
        } catch (error) {
          for (const back of undo.toReversed()) back();
          throw error;
        }
      };
      const next = last.then(run, run);
      last = next.catch(() => undefined);
      return next;
    },
  };
}

function transaction(data: ReplicaData, undo: (() => void)[], { step }: Interruptions): ReplicaTx {
  function put<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
    const before = map.get(key);
    undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }
  const sorted = () => [...data.outbox.values()].sort((a, b) => a.lsn - b.lsn);
  return {
    async rows(collection, ids) {
      await step();
      const found = data.rows.get(collection);
      return ids.map((id) => copyOf(found?.get(id)));
    },
    async putRows(collection, rows) {
      await step();
      const found = data.rows.get(collection) ?? new Map<string, RowState>();
      data.rows.set(collection, found);
      for (const row of rows) put(found, row.id, copyOf(row));
    },
    async rowsAfter(collection, after, most) {
      await step();
      const ids = [...(data.rows.get(collection)?.keys() ?? [])].toSorted();
      const next = ids.filter((id) => after === null || id > after).slice(0, most);
      return next.map((id) => copyOf(data.rows.get(collection)!.get(id))!);
    },
    async collections() {
      await step();
      return [...data.rows].filter(([, rows]) => rows.size > 0).map(([name]) => name);
    },
    async outboxOf(places) {
      await step();
      const keys = new Set(places.map(keyOf));
      return sorted().filter((entry) => keys.has(keyOf(entry)));
    },
    async outbox({ after = 0, most = Infinity } = {}) {
      await step();
      return sorted()
        .filter(({ lsn }) => lsn > after)
        .slice(0, most);
    },
    async outboxByLsn(lsns) {
      await step();
      return lsns.flatMap((lsn) => data.outbox.get(lsn) ?? []);
    },
    async outboxCount() {
      await step();
      return data.outbox.size;
    },
    async addToOutbox(entries) {
      await step();
      for (const entry of entries) {
        data.lastLsn += 1;
        put(data.outbox, data.lastLsn, { ...entry, lsn: data.lastLsn });
      }
    },
    async putOutbox(entries) {
      await step();
      for (const entry of entries) put(data.outbox, entry.lsn, entry);
    },
    async deleteFromOutbox(lsns) {
      await step();
      for (const lsn of lsns) put(data.outbox, lsn, undefined);
    },
    async shadows(places) {
      await step();
      return places.map((place) => {
        const found = data.shadows.get(keyOf(place));
        return found && { ...found, cells: { ...found.cells } };
      });
    },
    async putShadows(shadows) {
      await step();
      for (const shadow of shadows) {
        const isEmpty = Object.keys(shadow.cells).length === 0;
        put(
          data.shadows,
          keyOf(shadow),
          isEmpty ? undefined : { ...shadow, cells: { ...shadow.cells } },
        );
      }
    },
    async meta(key) {
      await step();
      return data.meta[key];
    },
    async putMeta(key, value) {
      await step();
      const before = data.meta;
      undo.push(() => (data.meta = before));
      data.meta = { ...before, [key]: value };
    },
    async addLosers(losers) {
      await step();
      const before = data.losers;
      undo.push(() => (data.losers = before));
      data.losers = [...before, ...losers];
    },
    async shelve(ops) {
      await step();
      const before = data.shelf;
      undo.push(() => (data.shelf = before));
      data.shelf = [...before, ...ops];
    },
  };
}

function copyOf(row: RowState | undefined): RowState | undefined {
  return row && { ...row, cells: { ...row.cells }, stamps: { ...row.stamps } };
}
