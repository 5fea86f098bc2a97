/**
 * Settings that mean nothing on another device, as `isLocal` of their collection says: written as
 * they are, and gone when deleted.
 */
import type { INBOX, TODAY, WATCHED_PRICES } from '#core/collections/setting.ts';
import type { Database } from './database.ts';

type LocalKey =
  | 'preferences'
  | 'lastBackupMs'
  | typeof TODAY
  | typeof INBOX
  | typeof WATCHED_PRICES
  | `pending-run.${string}`;

export async function putLocal(
  { settings }: Database,
  key: LocalKey,
  value: unknown,
): Promise<void> {
  await settings.put({ key, value });
}

export async function deleteLocal({ settings }: Database, key: LocalKey): Promise<void> {
  await settings.delete(key);
}
