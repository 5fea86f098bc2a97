/** Exchange accounts as they lie in the database, with their keys in clear for this process alone. */
import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Queries } from '../../database/queries.ts';
import { tradingAccounts } from '../../schema/trading.ts';
import { placeOf } from '../../vault/sealed-columns.ts';
import type { Vault } from '../../vault/vault.ts';
import type { JournalEntry } from '../connector.ts';
import { claimBook } from '../paper/paper-store.ts';

const sealedKeys = z.object({ token: z.string(), apiKey: z.string(), secret: z.string() });

export interface ExchangeRow {
  readonly userId: string;
  readonly accountId: string;
  readonly exchange: string;
  readonly keys: z.infer<typeof sealedKeys>;
}

/** All that are to run: an exchange goes on trading whether anybody looks or not. */
export async function exchangeAccounts(queries: Queries): Promise<readonly string[]> {
  const rows = await queries
    .select({ accountId: tradingAccounts.accountId })
    .from(tradingAccounts)
    .where(
      and(
        eq(tradingAccounts.kind, 'exchange'),
        inArray(tradingAccounts.state, ['paired', 'halted']),
      ),
    );
  return rows.map(({ accountId }) => accountId);
}

/** Null where it is no exchange account, or was revoked. */
export async function findExchange(
  queries: Queries,
  accountId: string,
  by: { readonly vault: Vault; readonly serverId: string; readonly nowMs: number },
): Promise<ExchangeRow | 'elsewhere' | null> {
  const [row] = await queries
    .select({
      userId: tradingAccounts.userId,
      kind: tradingAccounts.kind,
      state: tradingAccounts.state,
      settings: tradingAccounts.settings,
      sealedToken: tradingAccounts.sealedToken,
      serverId: tradingAccounts.serverId,
      leaseUntilMs: tradingAccounts.leaseUntilMs,
    })
    .from(tradingAccounts)
    .where(eq(tradingAccounts.accountId, accountId));
  if (row?.kind !== 'exchange' || row.state === 'revoked') return null;
  const isElsewhere = row.serverId !== null && row.serverId !== by.serverId;
  if (isElsewhere && (row.leaseUntilMs ?? 0) >= by.nowMs) return 'elsewhere';
  const { exchange } = row.settings as { readonly exchange?: string };
  if (exchange === undefined) return null;
  const { userId, sealedToken } = row;
  const opened = by.vault.open(sealedToken, placeOf('tradingToken', { userId, row: accountId }));
  return { userId, accountId, exchange, keys: sealedKeys.parse(JSON.parse(opened)) };
}

/** Leaves this writer's mark where books lie, and answers what was kept there. */
export async function claimLedger(
  queries: Queries,
  row: Pick<ExchangeRow, 'userId' | 'accountId'>,
  writer: string,
): Promise<{ readonly ledger: unknown; readonly journal: readonly JournalEntry[] }> {
  const { stored, journal } = await claimBook(queries, row, writer);
  return { ledger: stored.book, journal };
}
