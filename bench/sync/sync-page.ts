/** A page that syncs with the product's own worker and store, and tells when what was there. */
import * as Comlink from 'comlink';
import { liveQuery } from 'dexie';
import type { ReplicaWorker, SyncStatus } from '#workers/replica/api.ts';
import { dexieStore } from '#workers/replica/dexie-store.ts';
import { dexieWriter } from '#workers/replica/dexie-writer.ts';
import { Database } from '#workers/store/database.ts';
import { claim } from '#workers/store/owner.ts';
import { idOf, noteFields, noteMaker } from './notes.ts';
import type { FirstSyncTimes, ReplicaFigures, SyncPage } from './sync-page-api.ts';

const listRows = 50;

let database = new Database('none');
let userId = '';
let worker: Worker | null = null;
let replica: Comlink.Remote<ReplicaWorker> | null = null;

const nowMs = () => performance.timeOrigin + performance.now();

/** Resolves with what `ask` first answers that is not null. */
function firstOf<T>(ask: () => Promise<T | null>): Promise<T> {
  return new Promise((resolve, reject) => {
    const subscription = liveQuery(ask).subscribe({
      next(value) {
        if (value === null) return;
        resolve(value);
        queueMicrotask(() => subscription.unsubscribe());
      },
      error: reject,
    });
  });
}

const metaOf = async (key: string): Promise<unknown> =>
  (await database.replicaMeta.get(key))?.value;

async function figures(): Promise<ReplicaFigures> {
  const status = (await metaOf('status')) as SyncStatus | undefined;
  return {
    cursor: ((await metaOf('cursor')) as number | undefined) ?? -1,
    head: ((await metaOf('witness')) as { seq: number } | undefined)?.seq ?? 0,
    // To count them all takes time from what is measured.
    isSynced: (await database.outbox.limit(1).primaryKeys()).length === 0,
    phase: status?.phase ?? null,
  };
}

async function firstSync(notes: number): Promise<FirstSyncTimes> {
  let longestTaskMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  });
  observer.observe({ type: 'longtask' });
  const startMs = performance.now();
  const elapsed = () => performance.now() - startMs;
  await window.syncPage.startSync();
  const list = firstOf(async () => {
    const newest = await database.notes.orderBy('updatedMs').reverse().limit(listRows).toArray();
    return newest.length === listRows ? elapsed() : null;
  });
  const readable = firstOf(async () => {
    const progress = (await metaOf('packs')) as { before: number | null } | undefined;
    return progress?.before === null ? elapsed() : null;
  });
  const exploded = firstOf(async () => {
    const { cursor } = await figures();
    return cursor > 0 && (await database.packs.count()) === 0 ? elapsed() : null;
  });
  const [listMs, readableMs, explodedMs] = await Promise.all([list, readable, exploded]);
  observer.disconnect();
  const count = await database.notes.count();
  if (count !== notes) throw new Error(`${count} notes came`);
  return { listMs, readableMs, explodedMs, longestTaskMs };
}

window.syncPage = {
  async open(name, owner) {
    database.close();
    database = new Database(name);
    userId = owner;
    await claim(database, owner);
  },
  async startSync() {
    worker = new Worker(new URL('../../workers/replica/replica.worker.ts', import.meta.url), {
      type: 'module',
    });
    worker.addEventListener('error', ({ message }) => console.error(message));
    replica = Comlink.wrap<ReplicaWorker>(worker);
    await replica.start({ database: database.name, userId });
  },
  async stopSync() {
    await replica?.stop();
    worker?.terminate();
  },
  figures,
  async writeFields(notes, seed) {
    const maker = noteMaker(seed);
    const writer = dexieWriter(database);
    for (const field of noteFields) {
      for (let from = 0; from < notes; from += 500) {
        await writer.write(
          Array.from({ length: Math.min(500, notes - from) }, (_, index) => ({
            kind: 'put' as const,
            collection: 'notes',
            id: idOf(from + index),
            fields: { [field]: maker.value(field) },
          })),
        );
      }
    }
  },
  async fill(notes) {
    const maker = noteMaker(9);
    for (let from = 0; from < notes; from += 5_000) {
      await dexieStore(database).transact(['notes'], (tx) =>
        tx.putRows(
          'notes',
          Array.from({ length: Math.min(5_000, notes - from) }, (_, index) => {
            const { id, fields } = maker.note(from + index);
            return { id, cells: { ...fields }, base: `0lm9x4a2b0000zzzzzz`, stamps: {} };
          }),
        ),
      );
    }
  },
  async commitTimes(count) {
    const writer = dexieWriter(database);
    const total = await database.notes.count();
    const times: number[] = [];
    for (let round = 0; round < count; round++) {
      const id = idOf((round * 7_919) % total);
      const startMs = performance.now();
      await writer.write([
        {
          kind: 'put',
          collection: 'notes',
          id,
          fields: { title: `edit ${round}`, updatedMs: round },
        },
      ]);
      times.push(performance.now() - startMs);
    }
    return times;
  },
  firstSync,
  async writeTitle(index, title) {
    const startMs = nowMs();
    const change = {
      kind: 'put' as const,
      collection: 'notes',
      id: idOf(index),
      fields: { title },
    };
    await dexieWriter(database).write([change]);
    return startMs;
  },
  titleSeen: (index, title) =>
    firstOf(async () => {
      const note = await database.notes.get(idOf(index));
      return note?.title === title ? nowMs() : null;
    }),
  async content() {
    const notes = await database.notes.orderBy(':id').toArray();
    return JSON.stringify(notes.map((note) => Object.entries(note).sort()));
  },
} satisfies SyncPage;
