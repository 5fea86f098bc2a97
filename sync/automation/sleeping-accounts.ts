/** Accounts that bots wait for: no server has had a word of their terminal for a while. */
import { sql } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';

export interface SleepingAccount {
  readonly accountId: string;
  readonly symbol: string;
}

/** Whose ever they are: whoever can connects them. */
export async function sleepingAccounts(
  queries: Queries,
  nowMs: number,
): Promise<readonly SleepingAccount[]> {
  const rows = await queries.execute<{ readonly account_id: string; readonly symbol: string }>(sql`
    select distinct "bots"."account_id", "bots"."setup" ->> 'symbol' as symbol from "bots"
    join "trading_accounts" held on held.user_id = "bots"."user_id"
      and held.account_id = "bots"."account_id"
    where ("bots"."state" in ('running', 'paused') or "bots"."is_ending")
      and held.kind <> 'mt5' and held.state <> 'revoked'
      and coalesce(held.lease_until_ms, 0) < ${nowMs}::bigint limit 500`);
  return rows.map(({ account_id: accountId, symbol }) => ({ accountId, symbol }));
}
