/** What happened between server and connector, for its trader's eyes; of each account the newest. */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { LogEntryView } from '#core/broker/views.ts';
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { storableDetail } from '../database/storable-text.ts';
import { terminalLog, tradingAccounts } from '../schema/trading.ts';
import type { TraderContext } from './trader-context.ts';
import { withoutAccount } from './trader-context.ts';
import { readAccount } from './account-row.ts';

export interface LogEntry {
  readonly userId: string;
  readonly accountId: string;
  readonly atMs: number;
  readonly level: LogEntryView['level'];
  /** See `web/lib/words/connections.ts`. */
  readonly name: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export const mostEntries = 500;
const pageEntries = 50;
const longestText = 200;

/** Nothing is written where the account is gone: it must leave nothing behind. */
export async function addEntry(database: PostgresJsDatabase, entry: LogEntry): Promise<void> {
  const { userId, ...rest } = entry;
  await database.transaction(async (queries) => {
    const [row] = await queries
      .select({ accountId: tradingAccounts.accountId })
      .from(tradingAccounts)
      .where(and(eq(tradingAccounts.userId, userId), eq(tradingAccounts.accountId, rest.accountId)))
      .for('key share');
    if (!row) return;
    const detail = storableDetail(entry.detail, longestText);
    await ownRows(queries, userId).add(terminalLog, { ...rest, detail });
  });
}

/** Takes away all but the newest; to be called now and then for an account that writes. */
export async function pruneLog(queries: Queries, userId: string, accountId: string): Promise<void> {
  const own = and(eq(terminalLog.userId, userId), eq(terminalLog.accountId, accountId));
  const [oldest] = await queries
    .select({ n: terminalLog.n })
    .from(terminalLog)
    .where(own)
    .orderBy(desc(terminalLog.n))
    .offset(mostEntries - 1)
    .limit(1);
  if (oldest) await queries.delete(terminalLog).where(and(own, lt(terminalLog.n, oldest.n)));
}

export async function logPage(
  ctx: TraderContext,
  { accountId, before }: { readonly accountId: string; readonly before?: number | undefined },
): Promise<
  Result<{ readonly entries: readonly LogEntryView[]; readonly before: number | null }, Failure>
> {
  const { database } = ctx.services;
  if (!(await readAccount(database, ctx.userId, accountId))) return withoutAccount;
  const rows = await ownRows(database, ctx.userId).read(terminalLog, {
    where: and(
      eq(terminalLog.accountId, accountId),
      before === undefined ? undefined : lt(terminalLog.n, before),
    ),
    orderBy: [desc(terminalLog.n)],
    limit: pageEntries,
  });
  const entries = rows.map(({ n, atMs, level, name, detail }) => ({
    n,
    atMs,
    level,
    name,
    detail,
  }));
  const last = rows.length === pageEntries ? rows.at(-1)!.n : null;
  return ok({ entries, before: last });
}
