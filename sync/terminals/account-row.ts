/** Rows of trading accounts as pages see them; what is long of a row is read only where it is asked for. */
import { and, asc, eq, ne, sql } from 'drizzle-orm';
import type { AccountHealth, AccountView } from '#core/broker/views.ts';
import type { PaperSettings } from '#core/broker/paper-settings.ts';
import type { Queries } from '../database/queries.ts';
import { tradingAccounts } from '../schema/trading.ts';
import { tellAccount } from './notices.ts';

/** What a row keeps of the last heartbeat. */
export type StoredHealth = Omit<AccountHealth, 'isOnline' | 'lastHeardMs' | 'reconciledMs'>;

export type AccountSettings = {
  readonly paper?: PaperSettings;
  readonly exchange?: string;
};

const shown = {
  accountId: tradingAccounts.accountId,
  name: tradingAccounts.name,
  kind: tradingAccounts.kind,
  state: tradingAccounts.state,
  haltReason: tradingAccounts.haltReason,
  pairUntilMs: tradingAccounts.pairUntilMs,
  leaseUntilMs: tradingAccounts.leaseUntilMs,
  session: tradingAccounts.session,
  limits: tradingAccounts.limits,
  settings: tradingAccounts.settings,
  broker: tradingAccounts.broker,
  reconciledMs: tradingAccounts.reconciledMs,
  health: tradingAccounts.health,
  lastHeardMs: tradingAccounts.lastHeardMs,
  createdMs: tradingAccounts.createdMs,
};

type ShownRow = Pick<typeof tradingAccounts.$inferSelect, keyof typeof shown>;

/** Accounts of a person in the order in which they were made; those that were revoked last. */
export async function readAccounts(queries: Queries, userId: string): Promise<ShownRow[]> {
  return (
    queries
      .select(shown)
      .from(tradingAccounts)
      .where(eq(tradingAccounts.userId, userId))
      // Of those made in the same moment the order is always the same as well.
      .orderBy(
        sql`${tradingAccounts.revokedMs} is not null`,
        asc(tradingAccounts.createdMs),
        asc(tradingAccounts.name),
        asc(tradingAccounts.accountId),
      )
      .limit(mostShown)
  );
}

const mostShown = 200;

export async function readAccount(
  queries: Queries,
  userId: string,
  accountId: string,
  lock?: 'update',
): Promise<ShownRow | null> {
  const query = queries
    .select(shown)
    .from(tradingAccounts)
    .where(and(eq(tradingAccounts.userId, userId), eq(tradingAccounts.accountId, accountId)))
    .$dynamic();
  const [row] = await (lock ? query.for(lock) : query);
  return row ?? null;
}

/** Keeps them all from others until the transaction ends, and has their connectors closed then. */
export async function letGoOfAccounts(queries: Queries, userId: string): Promise<void> {
  const rows = await queries
    .select({ accountId: tradingAccounts.accountId })
    .from(tradingAccounts)
    .where(eq(tradingAccounts.userId, userId))
    .orderBy(asc(tradingAccounts.accountId))
    .for('update');
  for (const { accountId } of rows) await tellAccount(queries, { accountId, what: 'revoked' });
}

/** How many of them count: revoked ones do not. */
export async function countAccounts(queries: Queries, userId: string): Promise<number> {
  const rows = await queries
    .select({ accountId: tradingAccounts.accountId })
    .from(tradingAccounts)
    .where(and(eq(tradingAccounts.userId, userId), ne(tradingAccounts.state, 'revoked')));
  return rows.length;
}

/** `heard` is newer than the row where the connector is held by this very process. */
export function viewOf(
  row: ShownRow,
  heard: { readonly health: StoredHealth; readonly lastHeardMs: number } | null,
  nowMs: number,
): AccountView {
  const settings: AccountSettings = row.settings;
  const health = heard?.health ?? (row.health as StoredHealth | null);
  const isHeld = row.session !== null && (row.leaseUntilMs ?? 0) > nowMs;
  return {
    accountId: row.accountId,
    name: row.name,
    kind: row.kind,
    state: row.state,
    haltReason: row.haltReason,
    isSimulated: row.kind === 'paper',
    broker: row.broker,
    health: health && {
      ...health,
      isOnline: heard !== null || isHeld,
      lastHeardMs: heard?.lastHeardMs ?? row.lastHeardMs,
      reconciledMs: row.reconciledMs,
    },
    limits: row.limits,
    paper: settings.paper ?? null,
    exchange: settings.exchange ?? null,
    pairUntilMs: row.state === 'pairing' ? row.pairUntilMs : null,
    createdMs: row.createdMs,
  };
}
