/** What an account's devices have shared, for the document that the account can take away. */
import { asc, sql } from 'drizzle-orm';
import { toWire, type WireFragment } from '#core/sync/fragment.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { chunks, encryptionKeys, replicaHeads, replicas } from '../schema/replication.ts';
import { fragmentsBeside } from './stored-fragments.ts';

const pageFragments = 1_000;
/** The document is one answer; whoever has more takes the archive of a device, which holds all. */
const mostBytes = 32_000_000;

/** Rows by their fragments as they travel, oldest first; `rowsAreWhole` says whether these are all. */
export async function exportReplication(queries: Queries, userId: string) {
  const rows = ownRows(queries, userId);
  const head = await rows.one(replicaHeads);
  const keys = await rows.one(encryptionKeys);
  const devices = await rows.read(replicas, { orderBy: [asc(replicas.createdMs)] });
  const kept = await queries
    .select({
      hash: chunks.hash,
      bytes: sql<number>`octet_length(${chunks.bytes})`,
      storedMs: chunks.storedMs,
    })
    .from(chunks)
    .where(sql`${chunks.userId} = ${userId}`);
  return {
    storage: head && { bytes: head.bytes, encrypted: head.encrypted },
    encryption: keys && { epoch: keys.epoch, createdMs: keys.createdMs },
    devices: devices.map(({ node, name, createdMs, lastSeenMs }) => {
      return { node, name, createdMs, lastSeenMs };
    }),
    chunks: kept,
    ...(await rowsOf(queries, userId)),
  };
}

async function rowsOf(
  queries: Queries,
  userId: string,
): Promise<{ readonly rows: readonly WireFragment[]; readonly rowsAreWhole: boolean }> {
  const rows: WireFragment[] = [];
  let bytes = 0;
  for (let after = 0; ;) {
    const page = await fragmentsBeside(queries, userId, { after }, pageFragments);
    for (const fragment of page) {
      bytes += fragment.bytes;
      if (bytes > mostBytes) return { rows, rowsAreWhole: false };
      rows.push(toWire(fragment));
    }
    const last = page.at(-1);
    if (!last || page.length < pageFragments) return { rows, rowsAreWhole: true };
    after = last.seq;
  }
}
