/** Whose a database is, as it says of itself: an account's, or nobody's. */
import type { ReplicaMeta } from '#workers/replica/replica-store.ts';
import { isOfThisDevice } from '#core/collections/setting.ts';
import { collectionTables, type Database } from './database.ts';

const ownerKey = 'owner';
const clearedKey = 'cleared';
const deviceKey = 'device';

/** The account's id; null for nobody's, whose changes are kept and sent nowhere. */
export async function ownerOf({ replicaMeta }: Database): Promise<string | null> {
  const row = await replicaMeta.get(ownerKey);
  return typeof row?.value === 'string' ? row.value : null;
}

/**
 * Makes nobody's database the account's; says whether it is.
 *
 * What lies in it is from then on taken up by the replica. Rows may carry stamps of an account
 * that is no more, so that everything is compared with the server once.
 */
export function claim(database: Database, userId: string): Promise<boolean> {
  const { replicaMeta } = database;
  return database.transaction('rw', replicaMeta, async () => {
    const owner = await ownerOf(database);
    if (owner !== null) return owner === userId;
    const due: Pick<ReplicaMeta, 'repair' | 'adopted'> = { repair: 'due', adopted: false };
    const rows = Object.entries({ ...due, [ownerKey]: userId });
    await replicaMeta.bulkPut(rows.map(([key, value]) => ({ key, value })));
    return true;
  });
}

/** Makes it nobody's: rows stay, all that was between this device and the server goes. */
export function release(database: Database): Promise<void> {
  const { replicaMeta, outbox, shadows, packs } = database;
  return database.transaction('rw', replicaMeta, outbox, shadows, packs, async () => {
    // The clock stays, so that stamps do not go backward.
    await replicaMeta.where('key').noneOf(['clock', deviceKey]).delete();
    await Promise.all([outbox.clear(), shadows.clear(), packs.clear()]);
  });
}

/** Notes that the browser threw the account's data away, until they are here again. */
export async function noteCleared({ replicaMeta }: Database, nowMs: number): Promise<void> {
  await replicaMeta.put({ key: clearedKey, value: nowMs });
}

/** When the browser was found to have thrown the account's data away; null = it has not. */
export async function clearedMs({ replicaMeta }: Database): Promise<number | null> {
  const row = await replicaMeta.get(clearedKey);
  return typeof row?.value === 'number' ? row.value : null;
}

/** Once everything is here again. */
export async function forgetCleared({ replicaMeta }: Database): Promise<void> {
  await replicaMeta.delete(clearedKey);
}

const looks = ['preferences', 'lastBackupMs'];
/** Made by opening a page, or looked at apart. */
const noWork = ['layouts', 'settings'];

/** True where a trader has made or imported anything; looks, and what a server told, do not count. */
export async function holdsWork(database: Database): Promise<boolean> {
  const made = collectionTables.filter((name) => !noWork.includes(name));
  for (const name of ['series', 'sweeps', ...made]) {
    if ((await database.table(name).count()) > 0) return true;
  }
  const keys = await database.settings.toCollection().primaryKeys();
  return keys.some((key) => !looks.includes(key) && !isOfThisDevice(key));
}

/** Takes everything out, at once for all tabs. */
export function empty(database: Database): Promise<void> {
  return database.transaction('rw', database.tables, async () => {
    for (const table of database.tables) await table.clear();
  });
}
