/**
 * Orders in Postgres, of one person: a transaction holds the account's row from its beginning,
 * and writes at its end all that it gathered.
 *
 * Whoever waits for new orders hears of them on `offing_orders` (the account), pages of anything
 * that they show on `offing_trading` (person, account); both once the transaction is committed.
 */
import { and, eq, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { tradeRequests, tradingAccounts } from '../schema/trading.ts';
import { gatherTx, type AccountChange, type TxChanges, type TxSource } from './gathered-tx.ts';
import type { OrderStore } from './order-store.ts';
import { heldAccount, instrumentsOf } from './stored-account.ts';
import {
  addDeals,
  addEquity,
  bookOf,
  dealsOf,
  trailsOf,
  writeItems,
  writeLog,
  type StoredBook,
} from './stored-book.ts';
import {
  intentsById,
  intentsOf,
  openIntents,
  requestOf,
  writeEvents,
  writeIntents,
} from './stored-intents.ts';

export const ordersChannel = 'offing_orders';
export const tradingChannel = 'offing_trading';

export interface PostgresOrders {
  readonly database: PostgresJsDatabase;
  readonly trail: AuditTrail;
  /** Whose accounts; those of others are not there. */
  readonly userId: string;
  /** Who does it, as the trail tells it: the person, or `server`. */
  readonly actor: string;
  nowMs(): number;
}

/** What a transaction's statements are about. */
export interface Scope {
  readonly queries: Queries;
  readonly userId: string;
  readonly accountId: string;
}

export function postgresOrders(options: PostgresOrders): OrderStore {
  return {
    transact: (accountId, work) =>
      options.database.transaction(async (queries) => {
        const scope = { queries, userId: options.userId, accountId };
        const account = await heldAccount(scope);
        if (!account) return null;
        const { tx, changes } = gatherTx({ account, ...sourceOf(scope) });
        const result = await work(tx);
        await write(options, scope, changes());
        return result;
      }),
  };
}

function sourceOf(scope: Scope): Omit<TxSource, 'account'> {
  let book: Promise<StoredBook> | null = null;
  const readBook = () => (book ??= bookOf(scope));
  return {
    instruments: (symbols) => instrumentsOf(scope, symbols),
    request: (requestId) => requestOf(scope, requestId),
    intents: (ids) => intentsById(scope, ids),
    openIntents: () => openIntents(scope),
    intentsOf: (magics, orders) => intentsOf(scope, magics, orders),
    positions: async () => (await readBook()).positions,
    orders: async () => (await readBook()).orders,
    trails: () => trailsOf(scope),
    addDeals: (deals) => addDeals(scope, deals),
    dealsOf: (what) => dealsOf(scope, what),
  };
}

/** All at once, so that no statement waits for the answer to the one before. */
async function write(options: PostgresOrders, scope: Scope, made: TxChanges): Promise<void> {
  await Promise.all([
    writeAccount(scope, made.account, made.instruments),
    ...made.requests.map(({ intentIds, ...request }) =>
      ownRows(scope.queries, scope.userId).add(tradeRequests, {
        ...request,
        accountId: scope.accountId,
        intentIds: [...intentIds],
      }),
    ),
    writeIntents(scope, made.intents),
    writeEvents(scope, made.events),
    writeItems(scope, 'position', made.positions),
    writeItems(scope, 'order', made.orders),
    writeItems(scope, 'trail', made.trails),
    addEquity(scope, made.equity),
    writeLog(scope, made.alerts, options.nowMs()),
    writeTrail(options, scope, made),
    notify(scope, made),
  ]);
}

async function writeAccount(
  { queries, userId, accountId }: Scope,
  { dealCursor, bound, ...plain }: AccountChange,
  instruments: TxChanges['instruments'],
): Promise<void> {
  const values = {
    ...plain,
    ...(dealCursor && { cursorServerMs: dealCursor.serverMs, cursorDeal: dealCursor.deal }),
    ...(bound !== undefined && {
      boundDevice: bound?.device ?? null,
      boundLogin: bound?.login ?? null,
      boundServer: bound?.brokerServer ?? null,
    }),
    ...(instruments && { instruments }),
  };
  if (Object.keys(values).length === 0) return;
  await queries
    .update(tradingAccounts)
    .set(values)
    .where(and(eq(tradingAccounts.userId, userId), eq(tradingAccounts.accountId, accountId)));
}

/** One after another: each entry follows the one before. */
async function writeTrail(
  { trail, actor, nowMs }: PostgresOrders,
  { queries, userId, accountId }: Scope,
  { audits, alerts }: TxChanges,
): Promise<void> {
  const notes = [
    ...audits,
    ...alerts.map(({ name, detail }) => ({
      action: 'trading.alert' as const,
      detail: { alert: name, ...detail },
    })),
  ];
  for (const { action, detail } of notes) {
    const event = { userId, action, actor, atMs: nowMs(), detail: { accountId, ...detail } };
    await trail.append(queries, event);
  }
}

async function notify({ queries, userId, accountId }: Scope, made: TxChanges): Promise<void> {
  const hasOrders = made.trails.size > 0 || made.intents.some(({ state }) => state === 'created');
  const isShown =
    Object.keys(made.account).length > 0 ||
    made.intents.length + made.positions.size + made.orders.size + made.trails.size > 0 ||
    made.alerts.length + made.equity.length > 0 ||
    made.hasNewDeals;
  if (!isShown) return;
  await queries.execute(sql`select pg_notify(${tradingChannel}, ${`${userId} ${accountId}`})
    ${hasOrders ? sql`, pg_notify(${ordersChannel}, ${accountId})` : sql``}`);
}
