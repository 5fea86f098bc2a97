/** Which accounts' bots began, were steered or ended, for where no word of it arrived. */
import { sql } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import type { BotRow } from './bot-rows.ts';

export type SteeredRow = Pick<BotRow, 'botId' | 'state' | 'isEnding' | 'changedMs'>;

/** One text for the bots of an account, another whenever a trader or a bot changed any of them. */
export function steeringOf(rows: readonly SteeredRow[]): string {
  const each = rows.map(({ botId, state, isEnding, changedMs }) =>
    [botId, state, isEnding, changedMs].join(' '),
  );
  return each.sort().join('\n');
}

interface BusyRow extends Record<string, unknown> {
  readonly account_id: string;
  readonly bot_id: string;
  readonly state: BotRow['state'];
  readonly is_ending: boolean;
  readonly changed_ms: string;
}

/** Those of `known` whose bots are others than its texts have them: one statement for all. */
export async function changedAccounts(
  queries: Queries,
  known: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const accounts = [...known.keys()];
  const rows = await queries.execute<BusyRow>(sql`
    select "bots"."account_id", "bots"."bot_id", "bots"."state", "bots"."is_ending",
      "bots"."changed_ms"
    from "bots" where "bots"."account_id" = any(${sql.param(accounts)}::uuid[])
      and ("bots"."state" in ('running', 'paused') or "bots"."is_ending")`);
  const found = new Map<string, SteeredRow[]>();
  for (const row of rows) {
    const { account_id: accountId, bot_id: botId, state, is_ending: isEnding } = row;
    const steered = { botId, state, isEnding, changedMs: Number(row.changed_ms) };
    found.set(accountId, [...(found.get(accountId) ?? []), steered]);
  }
  return accounts.filter((id) => steeringOf(found.get(id) ?? []) !== known.get(id));
}
