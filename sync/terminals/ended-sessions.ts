/**
 * Notices that nobody holds a terminal any more: whatever was under way with it may have happened
 * or not, and is said to be unknown until the terminal tells.
 *
 * A link that ends is noticed by the server that held it; where that server died with it, by any
 * other one once the lease is over.
 */
import { sql } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import type { OrderStore } from '../orders/order-store.ts';
import { loseLinks } from '../orders/reconciliation.ts';

export interface EndedSession {
  readonly userId: string;
  readonly accountId: string;
  /** The last one; null where it was let go of. */
  readonly session: string | null;
}

/** Of accounts with something under way, whose ever they are, those that no server holds. */
export async function endedSessions(
  queries: Queries,
  nowMs: number,
): Promise<readonly EndedSession[]> {
  const found = await queries.execute<{
    readonly user_id: string;
    readonly account_id: string;
    readonly session: string | null;
  }>(sql`
    select distinct held.user_id, held.account_id, held.session from "order_intents" sent
    join "trading_accounts" held on held.user_id = sent.user_id
      and held.account_id = sent.account_id
    where sent.is_open and sent.state in ('claimed', 'sent', 'acked', 'executing')
      and (held.session is null or held.lease_until_ms < ${nowMs}::bigint)
    limit 200`);
  return found.map(({ user_id: userId, account_id: accountId, session }) => {
    return { userId, accountId, session };
  });
}

/** Where another session has begun since, what was sent in that one stays as it is. */
export async function loseSession(
  store: OrderStore,
  { accountId, session }: Pick<EndedSession, 'accountId' | 'session'>,
  nowMs: number,
): Promise<void> {
  await store.transact(accountId, async (tx) => {
    const held = tx.account.session;
    await loseLinks(tx, held === session ? null : held, nowMs);
  });
}
