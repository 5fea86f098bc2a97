/**
 * Takes away, account by account, what no device needs any more: rows deleted long ago, tokens
 * that nobody can show, chunks that nothing refers to, devices that were given up.
 */
import { and, asc, eq, gt, lt, ne, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { DELETED } from '#core/sync/fragment.ts';
import { formatHlc } from '#core/sync/hlc.ts';
import { purgeOf, type StoredFragment } from '#core/sync/server-merge.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { replicaHeads, replicas, replicaTokens } from '../schema/replication.ts';
import { keepAccount, serverTx } from './postgres-store.ts';
import type { Head, ServerTx } from './server-store.ts';
import { select } from './stored-fragments.ts';

const dayMs = 86_400_000;
/** A deleted row can be brought back so long. */
const binMs = 90 * dayMs;
/** A device that was away longer starts anew, with its own changes kept. */
const mostAwayMs = 180 * dayMs;
/** A chunk comes before the row that refers to it. */
const looseChunkMs = 7 * dayMs;
const accountsAtOnce = 1_000;
const mostFailures = 20;
const rowsAtOnce = 500;

export interface SweepNeeds {
  readonly nowMs: number;
  randomToken(): string;
  readonly signal?: AbortSignal;
}

/**
 * All accounts; each in transactions of its own, so that nobody waits for another's.
 *
 * One that fails keeps none of the others; it is told of at the end.
 */
export async function sweepReplication(
  database: PostgresJsDatabase,
  needs: SweepNeeds,
): Promise<void> {
  const failures: unknown[] = [];
  for (let last: string | null = null; ;) {
    const after = last === null ? undefined : gt(replicaHeads.userId, last);
    const page: { userId: string }[] = await database
      .select({ userId: replicaHeads.userId })
      .from(replicaHeads)
      .where(after)
      .orderBy(asc(replicaHeads.userId))
      .limit(accountsAtOnce);
    for (const { userId } of page) {
      if (needs.signal?.aborted) return;
      await sweepAccount(database, userId, needs).catch((error) => failures.push(error));
      // So many are no longer the fault of accounts.
      if (failures.length >= mostFailures) throw new AggregateError(failures);
    }
    if (page.length < accountsAtOnce) break;
    last = page.at(-1)?.userId ?? null;
  }
  if (failures.length > 0) throw new AggregateError(failures);
}

export async function sweepAccount(
  database: PostgresJsDatabase,
  userId: string,
  needs: SweepNeeds,
): Promise<void> {
  for (let isMore = true; isMore;) {
    isMore = await database.transaction(async (queries) => {
      if (!(await keepAccount(queries, userId))) return false;
      const tx = serverTx(queries, userId, { sessionId: '', deviceName: '', nowMs: needs.nowMs });
      const head = await tx.holdHead();
      const acknowledged = await acknowledgedBy(queries, userId, head, needs.nowMs);
      const purged = await purgeRows(queries, userId, { tx, head, acknowledged }, needs);
      if (purged === rowsAtOnce) return true;
      await removeTokens(queries, userId, acknowledged);
      await removeChunks(queries, userId, needs.nowMs);
      return false;
    });
  }
}

/** The number up to which every device that counts has everything; those given up are removed. */
async function acknowledgedBy(
  queries: Queries,
  userId: string,
  head: Head,
  nowMs: number,
): Promise<number> {
  const rows = ownRows(queries, userId);
  await rows.remove(replicas, lt(replicas.lastSeenMs, nowMs - mostAwayMs));
  const cursors = (await rows.read(replicas)).map(({ cursor }) => cursor);
  return Math.min(head.seq, ...cursors);
}

interface Purging {
  readonly tx: ServerTx;
  readonly head: Head;
  readonly acknowledged: number;
}

/** How many rows, deleted long ago and known by every device as such, are nothing but that now. */
async function purgeRows(
  queries: Queries,
  userId: string,
  { tx, head, acknowledged }: Purging,
  { nowMs, randomToken }: SweepNeeds,
): Promise<number> {
  const oldest = formatHlc({ ms: Math.max(0, nowMs - binMs), counter: 0 }, '');
  const deletions = await select(
    queries,
    userId,
    sql`not "fragments"."purged" and ${DELETED} = any("fragments"."live")
      and "fragments"."cells" like ${`%"${DELETED}":1%`} and "fragments"."hlc" < ${oldest}
      and "fragments"."seq" <= ${acknowledged}::bigint`,
    sql`order by "fragments"."seq" limit ${rowsAtOnce}::int`,
  );
  if (deletions.length === 0) return 0;
  let { seq, bytes } = head;
  for (const row of byRow(await tx.fragmentsOf(deletions))) {
    const purge = purgeOf(row, seq + 1);
    if (!purge) continue;
    await tx.apply(purge.changes);
    bytes += purge.grownBytes;
    seq += 1;
  }
  // A value may look like a deletion, and none of these be one.
  if (seq === head.seq) return 0;
  const token = randomToken();
  await tx.mintToken({ seq, token });
  await tx.saveHead({ ...head, seq, token, bytes });
  return deletions.length;
}

function byRow(fragments: readonly StoredFragment[]): Iterable<StoredFragment[]> {
  const rows = new Map<string, StoredFragment[]>();
  for (const fragment of fragments) {
    const name = `${fragment.collection} ${fragment.row}`;
    rows.set(name, [...(rows.get(name) ?? []), fragment]);
  }
  return rows.values();
}

/** A device shows a token that is no older than what it has; the newest is the account's own. */
async function removeTokens(queries: Queries, userId: string, acknowledged: number): Promise<void> {
  const rows = ownRows(queries, userId);
  const head = await rows.one(replicaHeads);
  const isOld = lt(replicaTokens.seq, acknowledged);
  await rows.remove(replicaTokens, and(isOld, ne(replicaTokens.seq, head?.seq ?? 0)));
}

/** Prices that a paper account plays. */
const replayed = '$.paper.prices.series[*].chunks[*]';

/** Those that no row and no paper account refers to; what they took is free again. */
async function removeChunks(queries: Queries, userId: string, nowMs: number): Promise<void> {
  const [gone] = await queries.execute<{ readonly bytes: string | null }>(sql`
    with referred as materialized (
      select distinct unnest("fragments"."chunks") as hash from "fragments"
      where ("fragments"."user_id" = ${userId} and "fragments"."chunks" is not null)
      union
      select jsonb_path_query("trading_accounts"."settings", ${replayed}::jsonpath) #>> '{}'
      from "trading_accounts" where ("trading_accounts"."user_id" = ${userId})
    ), removed as (
      delete from "chunks" where ("chunks"."user_id" = ${userId}
        and "chunks"."stored_ms" < ${nowMs - looseChunkMs}::bigint
        and "chunks"."hash" not in (select hash from referred))
      returning octet_length("chunks"."bytes") as bytes
    )
    select sum(bytes) as bytes from removed`);
  const freed = Number(gone?.bytes ?? 0);
  if (freed === 0) return;
  await queries
    .update(replicaHeads)
    .set({ bytes: sql`${replicaHeads.bytes} - ${freed}` })
    .where(eq(replicaHeads.userId, userId));
}
