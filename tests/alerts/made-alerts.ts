/** Alerts and browsers as rows of tests have them. */
import { randomUUID } from 'node:crypto';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { ownRows } from '../../sync/database/own-rows.ts';
import { alertEvents, alerts, pushKeys, pushSubscriptions } from '../../sync/schema/alerts.ts';
import { placeOf } from '../../sync/vault/sealed-columns.ts';
import type { Vault } from '../../sync/vault/vault.ts';

/** One that was told once. */
export async function addAlert(
  database: PostgresJsDatabase,
  userId: string,
  accountId: string,
): Promise<string> {
  const rows = ownRows(database, userId);
  const alertId = randomUUID();
  const condition = { t: 'price', symbol: 'EURUSD', way: 'above', price: 1.1 } as const;
  const note = `alert of ${userId}`;
  await rows.add(alerts, {
    ...{ alertId, accountId, condition, note, repeat: 'every', pauseMs: 60_000, channels: [] },
    ...{ state: 'on', fired: 1, createdMs: 1, changedMs: 1 },
  });
  await rows.add(alertEvents, {
    ...{ alertId, accountId, firingKey: 'count:1', atMs: 1, condition, note, detail: {} },
  });
  return alertId;
}

/** A browser, and the key that is pushed with. */
export async function addPushDevice(
  database: PostgresJsDatabase,
  vault: Vault,
  userId: string,
): Promise<string> {
  const subscriptionId = randomUUID();
  const place = placeOf('pushSubscription', { userId, row: subscriptionId });
  await ownRows(database, userId).add(pushSubscriptions, {
    ...{ subscriptionId, sessionId: randomUUID(), endpointHash: randomUUID() },
    ...{ sealedSubscription: vault.seal('{}', place), name: `browser of ${userId}`, createdMs: 1 },
  });
  const sealedKey = vault.seal('key', placeOf('pushKey', { userId }));
  await database
    .insert(pushKeys)
    .values({ userId, publicKey: 'public', sealedKey, createdMs: 1 })
    .onConflictDoNothing();
  return subscriptionId;
}
