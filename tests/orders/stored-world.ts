/** Accounts of made-up people in a real Postgres, for tests of what is kept of their orders. */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import type { BrokerAccount } from '../../core/broker/book.ts';
import type { Instrument } from '../../core/broker/instrument.ts';
import { usualLimits, type RiskLimits } from '../../core/risk/limits.ts';
import { createAuditTrail } from '../../sync/audit/audit-trail.ts';
import type { OrderStore } from '../../sync/orders/order-store.ts';
import { postgresOrders, type Dispatcher } from '../../sync/orders/postgres-store.ts';
import { tradingAccounts } from '../../sync/schema/trading.ts';
import { createVault } from '../../sync/vault/vault.ts';
import type { TestDatabase } from '../postgres.ts';
import { startMs } from './desk-world.ts';
import { euro } from './fake-terminal.ts';
import { someBroker } from './made-book.ts';

const key = { id: 'test', key: createSecretKey(randomBytes(32)) };
export const trail = createAuditTrail({
  vault: createVault({
    current: () => key,
    find: (id) => (id === key.id ? key : null),
    ids: () => [key.id],
  }),
});

export interface StoredAccount {
  readonly userId: string;
  readonly accountId: string;
  readonly store: OrderStore;
}

export async function storedAccount(
  database: TestDatabase,
  options: {
    readonly broker?: BrokerAccount | null;
    readonly limits?: RiskLimits;
    readonly instruments?: readonly Instrument[];
  } = {},
): Promise<StoredAccount> {
  const [userId, accountId] = [randomUUID(), randomUUID()];
  const { broker = someBroker, limits = usualLimits, instruments = [euro] } = options;
  await database.app.transaction(async (queries) => {
    await trail.open(queries, userId);
    await queries.insert(tradingAccounts).values({
      ...{ userId, accountId, name: 'Test', kind: 'paper', state: 'paired', sealedToken: '' },
      ...{ limits, settings: {}, broker, instruments, createdMs: startMs },
    });
  });
  return { userId, accountId, store: storeOf(database, userId) };
}

export const storeOf = (
  database: TestDatabase,
  userId: string,
  dispatcher?: Dispatcher,
): OrderStore =>
  postgresOrders({
    ...{ database: database.app, trail, userId, actor: userId },
    nowMs: () => startMs,
    ...(dispatcher && { dispatcher }),
  });
