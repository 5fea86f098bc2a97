/** When the trader last took a backup, and whether it is time to be reminded of one. */
import { putLocal } from '#workers/store/local-settings.ts';
import { database } from './database.ts';

const key = 'lastBackupMs';
const dayMs = 86_400_000;
const patienceMs = 14 * dayMs;

export async function lastBackupMs(): Promise<number | null> {
  const row = await database.settings.get(key);
  return typeof row?.value === 'number' ? row.value : null;
}

export async function rememberBackup(nowMs: number): Promise<void> {
  await putLocal(database, key, nowMs);
}

export interface WorkAges {
  /** When the trader's oldest strategy or run was made; null without any. */
  readonly firstMs: number | null;
  readonly lastBackupMs: number | null;
}

/** True a day after the first work, and again two weeks after each backup. */
export function isBackupDue({ firstMs, lastBackupMs: last }: WorkAges, nowMs: number): boolean {
  if (firstMs === null) return false;
  return last === null ? nowMs - firstMs > dayMs : nowMs - last > patienceMs;
}
