/** The open database goes with who signs in and out: see `workers/store/entering.ts`. */
import { entering } from '#workers/store/entering.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { database, keepNames, keptNames } from '../state/database.ts';
import { removeDrafts } from '../state/drafts.ts';
import { notifyFailure } from '../state/notices.ts';
import { markStored } from '../state/stored-mark.ts';
import { say } from '../words/language.ts';

const own = entering({
  database,
  keptNames,
  keepNames,
  async carryInto(name) {
    const { archive } = await import('../state/archive.svelte.ts');
    const carried = await archive.carry(name);
    if (!carried.ok) await notifyFailure(carried.error, say`What was written before signing in`);
    return carried.ok;
  },
  random: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
  nowMs: Date.now,
});

/**
 * False where the browser's storage fails, which is said. Tabs take turns; plain http away from
 * loopback has no locks.
 */
async function inTurn(work: () => Promise<unknown>): Promise<boolean> {
  try {
    if ('locks' in navigator) await navigator.locks.request('offing.databases', work);
    else await work();
    return true;
  } catch (error) {
    void notifyFailure(storeFailure(error));
    return false;
  }
}

let entered: string | null = null;

/**
 * Sees to it that the account's own database is the open one; true when the page must load anew.
 *
 * Only while no job runs here, whose results would go into a database that is left.
 */
export async function enterDatabase(userId: string): Promise<boolean> {
  if (entered === userId) return false;
  let isOther = false;
  await inTurn(async () => (isOther = await own.enter(userId)));
  // The home page finds out anew whether it is a first visit.
  if (isOther) markStored(true);
  else entered = userId;
  return isOther;
}

/** After the account is gone: what is here is nobody's. */
export async function disownDatabase(userId: string): Promise<void> {
  await inTurn(() => own.disown(userId));
  entered = null;
}

/** Takes the account's data off this device; true when the page must load anew for it. */
export async function removeDatabase(userId: string): Promise<boolean> {
  let wasOpen = false;
  if (!(await inTurn(async () => (wasOpen = await own.remove(userId))))) return false;
  // What the page shows is not the account's, and stays.
  if (!wasOpen) return true;
  removeDrafts(localStorage);
  markStored(false);
  return true;
}
