/** The server's storage of what replicas exchange, in Postgres: a transaction of one account. */
import { and, eq, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { assert } from '#core/assert.ts';
import { ownRows, type OwnRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { replicaHeads, replicas, replicaTokens } from '../schema/replication.ts';
import { users } from '../schema/users.ts';
import { applyChanges } from './fragment-changes.ts';
import { notifyHead } from './head-notice.ts';
import type { Head, NodeState, ServerStore, ServerTx, StoredFragment } from './server-store.ts';
import {
  bytesOf,
  collectionsOf,
  eachFragment,
  fragmentsBeside,
  fragmentsOf,
} from './stored-fragments.ts';

/** Who calls, as the list of devices tells it. */
export interface ReplicaCaller {
  readonly sessionId: string;
  /** What a new device is called until somebody names it. */
  readonly deviceName: string;
  readonly nowMs: number;
  /** How many changes wait on it, where the call says so. */
  readonly unsynced?: number;
}

/**
 * Pages are read along their index, in order: without figures of a table Postgres would rather
 * gather all that follows a cursor and sort it, for each page.
 */
export const alongIndexes = sql`set local enable_bitmapscan = off`;

export function postgresStore(database: PostgresJsDatabase, caller: ReplicaCaller): ServerStore {
  return {
    transact: (userId, work) =>
      database.transaction(async (queries) => {
        const [result] = await Promise.all([
          work(serverTx(queries, userId, caller)),
          queries.execute(alongIndexes),
        ]);
        return result;
      }),
  };
}

/** Where a transaction is open already; `transact` then works within it. */
export function storeWithin(queries: Queries, caller: ReplicaCaller): ServerStore {
  return { transact: (userId, work) => work(serverTx(queries, userId, caller)) };
}

/**
 * Keeps the account from being deleted until the transaction ends; false where it is gone.
 *
 * Taken before its head, as everywhere.
 */
export async function keepAccount(queries: Queries, userId: string): Promise<boolean> {
  const found = await queries
    .select({ userId: users.userId })
    .from(users)
    .where(eq(users.userId, userId))
    .for('key share');
  return found.length === 1;
}

const noHead: Head = { seq: 0, token: '', epoch: 1, encrypted: false, bytes: 0 };
/** Of one account; the one that has been away longest makes room. */
const mostReplicas = 100;
/** A look that tells nothing new is noted once in this time. */
const noteMs = 60_000;

export function serverTx(queries: Queries, userId: string, caller: ReplicaCaller): ServerTx {
  const rows = ownRows(queries, userId);
  let before: Head | null = null;
  const inserted: StoredFragment[] = [];
  return {
    async holdHead() {
      before = await holdHead(queries, userId);
      return before;
    },
    head: async () => asHead(await rows.one(replicaHeads)),
    async saveHead(head) {
      assert(before !== null, 'a head is held before it is saved');
      const news = { userId, prevHead: before.seq, head: head.seq };
      const isNews = head.seq > before.seq;
      before = head;
      await Promise.all([
        rows.change(replicaHeads, head),
        isNews && notifyHead(queries, news, inserted),
      ]);
    },
    async tokenAt(seq) {
      const where = eq(replicaTokens.seq, seq);
      return (await rows.one(replicaTokens, { where }))?.token ?? null;
    },
    mintToken: ({ seq, token }) => rows.add(replicaTokens, { seq, token, mintedMs: caller.nowMs }),
    ...nodesOf(rows, caller),
    bytesOf: (keys) => bytesOf(queries, userId, keys),
    fragmentsOf: (keys) => fragmentsOf(queries, userId, keys),
    async apply(changes) {
      inserted.push(...changes.insert);
      await applyChanges(queries, userId, changes);
    },
    chunksHeld: (hashes) => chunksHeld(queries, userId, hashes),
    after: (seq, limit) => fragmentsBeside(queries, userId, { after: seq }, limit),
    before: (seq, limit) => fragmentsBeside(queries, userId, { before: seq }, limit),
    each: (collection, visit) => eachFragment(queries, userId, collection, visit),
    collections: () => collectionsOf(queries, userId),
  };
}

/** Also for what changes the account's bytes beside the exchange. */
export async function holdHead(queries: Queries, userId: string): Promise<Head> {
  const rows = ownRows(queries, userId);
  const held = await rows.one(replicaHeads, { lock: 'update' });
  if (held) return asHead(held);
  await queries.insert(replicaHeads).values({ userId }).onConflictDoNothing();
  return asHead(await rows.one(replicaHeads, { lock: 'update' }));
}

function asHead(row: typeof replicaHeads.$inferSelect | null): Head {
  if (!row) return noHead;
  const { userId, ...head } = row;
  return head;
}

function nodesOf(
  rows: OwnRows,
  { nowMs, sessionId, deviceName, unsynced }: ReplicaCaller,
): Pick<ServerTx, 'node' | 'addNode' | 'saveNode' | 'noteCursor'> {
  const seen = { sessionId, lastSeenMs: nowMs, ...(unsynced !== undefined && { unsynced }) };
  const named = (node: string) => eq(replicas.node, node);
  return {
    async node(node) {
      const row = await rows.one(replicas, { where: named(node) });
      return row && asNode(row);
    },
    async addNode(state) {
      await makeRoom(rows);
      const { node, ...fresh } = asRow(state);
      await rows.add(replicas, { node, ...fresh, ...seen, name: deviceName, createdMs: nowMs });
    },
    async saveNode(state) {
      const { node, ...changed } = asRow(state);
      await rows.change(replicas, { ...changed, ...seen }, named(node));
    },
    async noteCursor(node, cursor) {
      const isNews = sql`(${replicas.cursor} <> ${cursor} or ${replicas.sessionId} <> ${sessionId}
        or ${replicas.lastSeenMs} < ${nowMs - noteMs})`;
      await rows.change(replicas, { cursor, ...seen }, and(named(node), isNews));
    },
  };
}

function asNode(row: typeof replicas.$inferSelect): NodeState {
  const { node, pushNo, nonce, lastNonce, lastHash, lastAnswer } = row;
  const isWhole = lastNonce !== null && lastHash !== null && lastAnswer !== null;
  const last = isWhole ? { nonce: lastNonce, hash: lastHash, answer: lastAnswer } : null;
  return { node, pushNo, nonce, last };
}

function asRow({ node, pushNo, nonce, last }: NodeState) {
  return {
    node,
    pushNo,
    nonce,
    lastNonce: last?.nonce ?? null,
    lastHash: last?.hash ?? null,
    lastAnswer: last?.answer ?? null,
  };
}

async function makeRoom(rows: OwnRows): Promise<void> {
  const known = await rows.read(replicas, { orderBy: [replicas.lastSeenMs] });
  for (const { node } of known.slice(0, Math.max(0, known.length - mostReplicas + 1))) {
    await rows.remove(replicas, eq(replicas.node, node));
  }
}

async function chunksHeld(
  queries: Queries,
  userId: string,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set();
  const found = await queries.execute<{ readonly hash: string }>(sql`
    select found.hash from unnest(${sql.param(hashes)}::text[]) as asked (of_hash)
    cross join lateral (
      select "chunks"."hash" from "chunks"
      where ("chunks"."user_id" = ${userId} and "chunks"."hash" = asked.of_hash) offset 0
    ) as found`);
  return new Set(found.map(({ hash }) => hash));
}
