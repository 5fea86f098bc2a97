/** A device of an account: a browser of its own that is signed in, and what it holds. */
import { expect as base, type BrowserContext, type Page } from '@playwright/test';
import { collectionNamed, collections } from '../../core/collections/registry.ts';
import { stampOf } from '../../core/sync/row-state.ts';
import type { RowRecord } from '../../workers/store/record-projection.ts';
import { stateOf } from '../../workers/store/row-record.ts';
import { password } from './person.ts';

/** Several browsers and a server share one machine here. */
export const expect = base.configure({ timeout: 60_000 });

export const status = (page: Page) => page.getByTestId('sync-status');

async function post(context: BrowserContext, url: string, data: object): Promise<void> {
  const headers = { 'x-offing-client': 'test' };
  const answer = await context.request.post(url, { headers, data });
  expect(answer.ok(), `${url} answers ${answer.status()}`).toBe(true);
}

let accounts = 0;

/** A new account, signed in on its first device; answers its address. */
export async function enrol(context: BrowserContext, origin: string): Promise<string> {
  const email = `devices.${Date.now()}.${accounts++}@offing.example`;
  await post(context, `${origin}/trpc/auth.signUp`, { email, password });
  await signIn(context, origin, email);
  return email;
}

/** Another device of the account. */
export function signIn(context: BrowserContext, origin: string, email: string): Promise<void> {
  return post(context, `${origin}/trpc/auth.signIn`, { email, password });
}

/** Opens the notes and waits until nothing is left to exchange. */
export async function openNotes(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/notes/`);
  await synced(page);
}

/** The words may be of the moment before the last change: none must wait either. */
export async function synced(page: Page): Promise<void> {
  await expect(async () => {
    await expect(status(page)).toHaveText('Synced');
    expect(await waitingStamps(page)).toEqual([]);
  }).toPass({ timeout: 60_000 });
}

/** Its records of every collection as they lie in IndexedDB, and those that no page shows. */
async function recordsOf(page: Page): Promise<Readonly<Record<string, readonly RowRecord[]>>> {
  const names = [...collections.map(({ name }) => name), 'hiddenRows', 'outbox', 'replicaMeta'];
  return page.evaluate(async (tables) => {
    const kept = JSON.parse(localStorage.getItem('offing.databases') ?? '{}') as {
      current?: string;
    };
    const opening = indexedDB.open(kept.current ?? 'offing');
    const of = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('The database does not answer.'));
      });
    const database = await of(opening);
    const transaction = database.transaction(tables);
    const found = await Promise.all(
      tables.map(async (name) => [name, await of(transaction.objectStore(name).getAll())]),
    );
    database.close();
    return Object.fromEntries(found) as Record<string, never[]>;
  }, names);
}

/** Cells by `collection row cell`, each with its stamp: two devices that agree hold the same. */
export type Held = Readonly<Record<string, string>>;

/** What the device shares with others. */
export async function heldBy(page: Page): Promise<Held> {
  const { hiddenRows = [], ...tables } = await recordsOf(page);
  const held: Record<string, string> = {};
  for (const [name, records] of Object.entries(tables)) {
    const collection = collectionNamed(name);
    if (!collection) continue;
    for (const record of records) {
      const row = stateOf(name, collection.key, record);
      for (const cell in row.cells) note(held, [name, row.id, cell], stampOf(row, cell));
    }
  }
  for (const hidden of hiddenRows as unknown as readonly HiddenRow[]) {
    const { collection, id, cells } = hidden;
    for (const cell in cells) note(held, [collection, id, cell], stampOf(hidden, cell));
  }
  return held;
}

type HiddenRow = Parameters<typeof stampOf>[0] & {
  readonly collection: string;
  readonly id: string;
};

/** What has no stamp yet is nobody else's. */
export function note(
  held: Record<string, string>,
  place: readonly string[],
  hlc: string | undefined,
): void {
  if (hlc) held[place.join(' ')] = hlc;
}

/** What the replica of the device remembers. */
export async function metaOf(page: Page, key: string): Promise<unknown> {
  const { replicaMeta = [] } = await recordsOf(page);
  return replicaMeta.find((row) => row['key'] === key)?.['value'];
}

/** When its changes that wait say that they were made. */
export async function waitingStamps(page: Page): Promise<readonly string[]> {
  const { outbox = [] } = await recordsOf(page);
  return outbox.map((entry) => String(entry['hlc']));
}

/** Until both hold the same, and what that is. */
export async function agreed(one: Page, other: Page): Promise<Held> {
  let last: Held = {};
  await expect(async () => {
    last = await heldBy(one);
    expect(await heldBy(other)).toEqual(last);
  }).toPass();
  return last;
}
