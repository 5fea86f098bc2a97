/** One setting of the trader's, by key. */
import type { Collection } from './collection.ts';
import { anything } from './shape.ts';

export interface Setting {
  readonly key: string;
  readonly value: unknown;
}

/** Begins the key of a setting that tells of a run under way in a tab of this browser. */
export const PENDING_RUN = 'pending-run.';

/** What a device last heard of the trader's accounts, for when the server is away. */
export const TODAY = 'today';

/** What a device last heard of the trader's inbox, for when the server is away. */
export const INBOX = 'inbox';

/** What watched symbols cost last, for when nobody tells their prices. */
export const WATCHED_PRICES = 'watched-prices';

const kept: readonly string[] = [TODAY, INBOX, WATCHED_PRICES];

/** True for a setting that means nothing on another device. */
export function isOfThisDevice(key: string): boolean {
  return key.startsWith(PENDING_RUN) || kept.includes(key);
}

export const settings: Collection = {
  name: 'settings',
  schemaVersion: 1,
  key: 'key',
  fields: { value: { merge: 'value', shape: anything } },
  // Looks have a way of their own, which a device may leave; see `web/lib/account/settings-sync`.
  isLocal: (key) => isOfThisDevice(key) || key === 'preferences' || key === 'lastBackupMs',
};
