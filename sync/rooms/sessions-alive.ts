/** Which sessions of accounts are alive, those of many accounts in one statement. */
import { sql } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';

interface AliveRow extends Record<string, unknown> {
  readonly user_id: string;
  readonly session_id: string;
}

/** Ids of sessions by account; an account without any has an empty set. */
export async function sessionsAlive(
  queries: Queries,
  userIds: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const alive = new Map(userIds.map((userId) => [userId, new Set<string>()]));
  // One text, so that the statement is the same for any number.
  const rows = await queries.execute<AliveRow>(sql`
    select s.user_id, s.session_id
    from unnest(string_to_array(${userIds.join(',')}, ',')::uuid[]) as wanted (user_id)
    join sessions s on s.user_id = wanted.user_id
    where s.expires_ms > ${nowMs}::bigint`);
  for (const row of rows) alive.get(row.user_id)?.add(row.session_id);
  return alive;
}
