/**
 * Orders in Postgres, of one person: a transaction holds the account's row from its beginning,
 * and writes at its end all that it gathered.
 *
 * Whoever waits for new orders hears of them on `offing_orders` (the account, and the process whose
 * own dispatcher was woken at once), pages of anything
 * that they show on `offing_trading` (person, account, and what changed where that is short); both
 * once the transaction is committed.
 */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { rootCause, rootCode } from '../database/lost-connection.ts';
import type { Queries } from '../database/queries.ts';
import { shortTransaction, type ShortTransaction } from '../database/short-transaction.ts';
import { gatherTx, type TxSource } from './gathered-tx.ts';
import type { OrderStore } from './order-store.ts';
import { heldAccount, instrumentsOf } from './stored-account.ts';
import { addDeals, bookOf, dealsOf, trailsOf, type StoredBook } from './stored-book.ts';
import { asksForDispatch, writeChanges } from './stored-changes.ts';
import { foresee, type Foresight } from './stored-foresight.ts';
import { intentsById, intentsOf, openIntents, requestOf } from './stored-intents.ts';

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
  /** Woken at once for orders to send, with no way through Postgres; others hear of them there. */
  readonly dispatcher?: Dispatcher;
}

/** What sends orders in this process. */
export interface Dispatcher {
  /** Its name in the notice, so that it is not woken by that as well. */
  readonly origin: string;
  wake(accountId: string): void;
}

/** What a transaction's statements are about. */
export interface Scope {
  readonly queries: Queries;
  readonly send: ShortTransaction['send'];
  readonly userId: string;
  readonly accountId: string;
}

export function postgresOrders(options: PostgresOrders): OrderStore {
  const once: OrderStore['transact'] = async (accountId, work, foreseen) => {
    let hasOrders = false;
    const done = shortTransaction(options.database, async ({ queries, send, sendLast }) => {
      const scope = { queries, send, userId: options.userId, accountId };
      // Sent together, one behind the other: what is read is as it is once the row is held.
      const [account, foresight] = await Promise.all([
        heldAccount(scope),
        foreseen ? foresee(scope, foreseen) : null,
      ]);
      if (!account) return null;
      const { tx, changes } = gatherTx({ account, ...sourceOf(scope, foresight) });
      const result = await work(tx);
      const made = changes();
      hasOrders = asksForDispatch(made);
      sendLast(await writeChanges(options, scope, made, foresight?.chainEnd ?? null));
      return result;
    });
    try {
      return await done;
    } finally {
      // Also after a failure: the commit may have been done and only its answer lost.
      if (hasOrders) options.dispatcher?.wake(accountId);
    }
  };
  return {
    // Nothing of the first try is left, and the request that was in its way is seen by the second.
    transact: (accountId, work, foreseen) =>
      once(accountId, work, foreseen).catch((error: unknown) => {
        if (isTakenElsewhere(error)) return once(accountId, work, foreseen);
        throw error;
      }),
  };
}

/** Another account of the same person took a request of the same id at the same time. */
function isTakenElsewhere(error: unknown): boolean {
  const cause = rootCause(error);
  if (!(cause instanceof Error) || rootCode(error) !== '23505') return false;
  return 'table_name' in cause && cause.table_name === 'trade_requests';
}

function sourceOf(scope: Scope, foresight: Foresight | null): Omit<TxSource, 'account'> {
  let book: Promise<StoredBook> | null = null;
  const readBook = () => (book ??= bookOf(scope));
  return {
    instruments: async (symbols) =>
      foresight?.instruments(symbols) ?? instrumentsOf(scope, symbols),
    request: (requestId) => requestOf(scope, requestId),
    intents: (ids) => intentsById(scope, ids),
    openIntents: () => openIntents(scope),
    intentsOf: (magics, orders) => intentsOf(scope, magics, orders),
    positions: async () => (await readBook()).positions,
    orders: async () => (await readBook()).orders,
    trails: () => trailsOf(scope),
    addDeals: (deals) => addDeals(scope, deals),
    dealsOf: (what) => dealsOf(scope, what),
    ...foresight?.reads,
  };
}
