/** The writer of a database's collections. */
import { ownerOf } from '#workers/store/owner.ts';
import type { Database } from '#workers/store/database.ts';
import { dexieStore } from './dexie-store.ts';
import { replicaWriter, type Writer } from './writer.ts';

export { tablesOf } from './dexie-store.ts';

export function dexieWriter(database: Database): Writer {
  return replicaWriter(dexieStore(database), {
    nowMs: Date.now,
    random: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
    isOwned: async () => (await ownerOf(database)) !== null,
  });
}
