/** What sealing keeps in the trader's database: keys, what was set aside, and fetched chunks. */
import type { Database } from '#workers/store/database.ts';
import { sealingKeysKey } from '#workers/store/sealing-keys.ts';
import { storeFailure } from '#workers/store/failure.ts';
import type { ChunkCache } from './chunk-box.ts';
import type { KeyRecord, KeyShelf } from './open-sealer.ts';
import type { Aside, AsideShelf } from './set-aside.ts';

/** In `replicaMeta`, beside what the replica itself remembers. */
const asidePrefix = 'aside ';

export function dexieKeys({ replicaMeta }: Database): KeyShelf {
  return {
    async read() {
      const row = await replicaMeta.get(sealingKeysKey);
      return (row?.value as KeyRecord | undefined) ?? null;
    },
    async write(record) {
      await replicaMeta.put({ key: sealingKeysKey, value: record });
    },
  };
}

export function dexieAsides({ replicaMeta }: Database): AsideShelf {
  return {
    async all() {
      const rows = await replicaMeta.where('key').startsWith(asidePrefix).toArray();
      return rows.map(({ value }) => value as Aside);
    },
    async put(asides) {
      const rows = asides.map((value) => ({ key: asidePrefix + value.id, value }));
      await replicaMeta.bulkPut(rows);
    },
    async remove(ids) {
      await replicaMeta.bulkDelete(ids.map((id) => asidePrefix + id));
    },
  };
}

export function dexieChunks({ blobs }: Database, nowMs: () => number): ChunkCache {
  return {
    async get(hash) {
      const row = await blobs.get(hash);
      return row ? Uint8Array.from(row.bytes) : null;
    },
    async keep(hash, bytes) {
      try {
        await blobs.put({ hash, bytes, state: 'kept', usedMs: nowMs() });
      } catch (error) {
        // It can be fetched again: a full device goes without.
        storeFailure(error);
      }
    },
    async drop(hashes) {
      await blobs.bulkDelete([...hashes]);
    },
  };
}
