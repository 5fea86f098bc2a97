/**
 * How many calls are let through, counted in Postgres alone, so that several servers count as one.
 *
 * Calls that arrive while others are being counted wait and are counted together: a crowd costs
 * few statements, most often one. Where not all have room, their rows are locked, in the order of
 * their keys, while this server decides call by call; a call that any of its keys refuses is
 * counted for none of them.
 */
import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { assert } from '#core/assert.ts';
import type { CallLimit } from '#core/identity/limit-classes.ts';
import { gather } from '../database/gather.ts';
import type { Queries } from '../database/queries.ts';
import { rateLimits } from '../schema/rate-limits.ts';
import { countAtOnce, type Tally } from './count-at-once.ts';
import { countCall, hourMs, waitMs, type Count } from './windows.ts';

export interface LimitAsk {
  /** Made by `limitKey`. */
  readonly key: string;
  /** The same for one key at all times. */
  readonly limit: CallLimit;
  /** How much is counted where it is more than one call; it may end beyond the limit. */
  readonly cost?: number;
}

export type LimitAnswer =
  { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };

export interface Limiter {
  /**
   * Counts one call for all of `asks`, or for none when one of them has no room left.
   *
   * Throws when the database does not answer.
   */
  take(asks: readonly LimitAsk[], nowMs: number): Promise<LimitAnswer>;
  /** Removes the counts of those who have not called for an hour; how many there were. */
  clearOld(nowMs: number): Promise<number>;
}

interface Call {
  readonly asks: readonly LimitAsk[];
  readonly nowMs: number;
}

const largestBatch = 1_000;

export function createLimiter(database: PostgresJsDatabase): Limiter {
  const take = gather((calls: readonly Call[]) => takeAll(database, calls), largestBatch);
  return {
    take: (asks, nowMs) => take({ asks, nowMs }),
    async clearOld(nowMs) {
      // Without waiting for rows in use, so that this never stands in the way of a call.
      const idle = database
        .select({ key: rateLimits.key })
        .from(rateLimits)
        .where(
          and(
            lt(rateLimits.hourStartMs, nowMs - hourMs),
            lt(rateLimits.minuteStartMs, nowMs - hourMs),
          ),
        )
        .for('update', { skipLocked: true });
      const removed = await database
        .delete(rateLimits)
        .where(inArray(rateLimits.key, idle))
        .returning({ key: rateLimits.key });
      return removed.length;
    },
  };
}

async function takeAll(
  database: PostgresJsDatabase,
  calls: readonly Call[],
): Promise<LimitAnswer[]> {
  checkLimits(calls);
  const tallies = tally(calls);
  const times = calls.map(({ nowMs }) => nowMs);
  const between = { firstMs: Math.min(...times), lastMs: Math.max(...times) };
  if (await countAtOnce(database, tallies, between)) return calls.map(() => ({ ok: true }));
  const keys = tallies.map(({ key }) => key);
  return database.transaction(async (transaction) => {
    const counts = await lockCounts(transaction, keys);
    const changed = new Set<string>();
    const answers = calls.map((call) => answer(call, counts, changed));
    if (changed.size > 0) await keepCounts(transaction, counts, [...changed]);
    return answers;
  });
}

/** How many calls there are of each key, in the order in which rows are held everywhere. */
function tally(calls: readonly Call[]): readonly Tally[] {
  const tallies = new Map<string, Tally>();
  for (const { key, limit, cost = 1 } of calls.flatMap(({ asks }) => asks)) {
    tallies.set(key, { key, limit, calls: (tallies.get(key)?.calls ?? 0) + cost });
  }
  return [...tallies.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
}

function answer(
  { asks, nowMs }: Call,
  counts: Map<string, Count>,
  changed: Set<string>,
): LimitAnswer {
  const retryAfterMs = Math.max(
    0,
    ...asks.map(({ key, limit }) => waitMs(counts.get(key)!, limit, nowMs)),
  );
  if (retryAfterMs > 0) return { ok: false, retryAfterMs };
  for (const { key, cost = 1 } of asks) {
    counts.set(key, countCall(counts.get(key)!, nowMs, cost));
    changed.add(key);
  }
  return { ok: true };
}

/** The rows of all keys, made where they are missing, kept from other servers until the end. */
async function lockCounts(
  transaction: Queries,
  keys: readonly string[],
): Promise<Map<string, Count>> {
  const rows = await transaction
    .insert(rateLimits)
    .select(
      sql`select key, 0, 0, 0, 0 from unnest(${sql.placeholder('keys')}::text[]) as asked (key)`,
    )
    .onConflictDoUpdate({ target: rateLimits.key, set: { key: sql`excluded.key` } })
    .returning()
    .prepare('lock_counts')
    .execute({ keys });
  return new Map(rows.map(({ key, ...count }) => [key, count]));
}

async function keepCounts(
  transaction: Queries,
  counts: ReadonlyMap<string, Count>,
  keys: readonly string[],
): Promise<void> {
  const kept = keys.map((key) => counts.get(key)!);
  await transaction
    .update(rateLimits)
    .set({
      minuteStartMs: sql`kept.minute_start_ms`,
      minuteUsed: sql`kept.minute_used`,
      hourStartMs: sql`kept.hour_start_ms`,
      hourUsed: sql`kept.hour_used`,
    })
    .from(
      sql`unnest(
        ${sql.placeholder('keys')}::text[],
        ${sql.placeholder('minuteStarts')}::bigint[], ${sql.placeholder('minuteUses')}::integer[],
        ${sql.placeholder('hourStarts')}::bigint[], ${sql.placeholder('hourUses')}::integer[]
      ) as kept (key, minute_start_ms, minute_used, hour_start_ms, hour_used)`,
    )
    .where(eq(rateLimits.key, sql`kept.key`))
    .prepare('keep_counts')
    .execute({
      keys,
      minuteStarts: kept.map(({ minuteStartMs }) => minuteStartMs),
      minuteUses: kept.map(({ minuteUsed }) => minuteUsed),
      hourStarts: kept.map(({ hourStartMs }) => hourStartMs),
      hourUses: kept.map(({ hourUsed }) => hourUsed),
    });
}

/** Two limits for one key would make the answer depend on the order of the calls. */
function checkLimits(calls: readonly Call[]): void {
  const limits = new Map<string, CallLimit>();
  for (const { asks } of calls) {
    const own = new Set(asks.map(({ key }) => key));
    assert(own.size === asks.length, 'a call asks for each key once');
    for (const { key, limit } of asks) {
      const first = limits.get(key) ?? limit;
      limits.set(key, first);
      assert(
        first.minute === limit.minute && first.hour === limit.hour && limit.minute > 0,
        'a key has one limit, above zero',
      );
    }
  }
}
