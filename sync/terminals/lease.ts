/**
 * Which server holds a connector, and that it still does.
 *
 * A session begins by taking the account's row over from whoever held it. From then on the server
 * says again and again that it is there, for all it holds in one statement; a row that somebody
 * has locked just now is left for the next time.
 */
import { and, eq, sql } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import { tradingAccounts } from '../schema/trading.ts';
import type { StoredHealth } from './account-row.ts';

export const leaseMs = 30_000;
export const renewEveryMs = 10_000;

export interface HeldSession {
  readonly userId: string;
  readonly accountId: string;
  readonly session: string;
  readonly health: StoredHealth;
  readonly lastHeardMs: number;
}

/** From its first moment, so that nobody takes the session for one that is over. */
export async function takeLease(
  queries: Queries,
  { userId, accountId, session }: Pick<HeldSession, 'userId' | 'accountId' | 'session'>,
  nowMs: number,
): Promise<void> {
  await queries
    .update(tradingAccounts)
    .set({ leaseUntilMs: nowMs + leaseMs })
    .where(
      and(
        eq(tradingAccounts.userId, userId),
        eq(tradingAccounts.accountId, accountId),
        eq(tradingAccounts.session, session),
      ),
    );
}

/** Says that they are held, with how they are; answers those that are held no more. */
export async function renewLeases(
  queries: Queries,
  serverId: string,
  held: readonly HeldSession[],
  nowMs: number,
): Promise<readonly string[]> {
  if (held.length === 0) return [];
  const text = JSON.stringify(
    held.map(({ userId, accountId, session, health, lastHeardMs }) => {
      return { userId, accountId, session, health, lastHeardMs };
    }),
  );
  // As one text, so that the statement is the same for any number.
  const given = sql`jsonb_to_recordset(${text}::text::jsonb) as given ("userId" uuid,
    "accountId" uuid, "session" text, "health" jsonb, "lastHeardMs" bigint)`;
  await queries.execute(sql`
    with free as (
      select held.user_id, held.account_id, given.health, given."lastHeardMs" as heard
      from ${given} join "trading_accounts" held on held.user_id = given."userId"
        and held.account_id = given."accountId" and held.session = given."session"
      for update of held skip locked)
    update "trading_accounts" set health = free.health, last_heard_ms = free.heard,
      server_id = ${serverId}::uuid, lease_until_ms = ${nowMs + leaseMs}::bigint
    from free where "trading_accounts"."user_id" = free.user_id
      and "trading_accounts"."account_id" = free.account_id`);
  const lost = await queries.execute<{ session: string }>(sql`
    select given."session" as session from ${given}
    left join "trading_accounts" held on held.user_id = given."userId"
      and held.account_id = given."accountId"
    where held.session is distinct from given."session"`);
  return lost.map(({ session }) => session);
}

/** Lets go of the account, where it is still this session's. */
export async function release(queries: Queries, held: HeldSession): Promise<void> {
  const { userId, accountId, session, health, lastHeardMs } = held;
  await queries
    .update(tradingAccounts)
    .set({ session: null, serverId: null, leaseUntilMs: null, health: { ...health }, lastHeardMs })
    .where(
      and(
        eq(tradingAccounts.userId, userId),
        eq(tradingAccounts.accountId, accountId),
        eq(tradingAccounts.session, session),
      ),
    );
}
