/** The hard days of an account's devices: each ends with all of them, and the server, agreeing. */
import type { Browser, Page } from '@playwright/test';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { msOfHlc } from '../../core/sync/hlc.ts';
import {
  agreed,
  enrol,
  expect,
  heldBy,
  metaOf,
  openNotes,
  signIn,
  status,
  synced,
  waitingStamps,
} from './device.ts';
import { test } from './offing.ts';
import { startServer, type RunningServer } from './running.ts';
import { openServerCopy, type ServerCopy } from './server-copy.ts';
import { watch } from './trader.ts';
import { moveClock } from './week-ahead.ts';

// One server for all of them, one after the other.
test.describe.configure({ mode: 'default' });

let copy: ServerCopy;
let server: RunningServer;
test.beforeAll(async () => {
  copy = await openServerCopy();
  server = await startServer({ DATABASE_URL: copy.url });
});
test.afterAll(async () => {
  await server.stop();
  await copy.close();
});

const title = (page: Page) => page.getByRole('textbox', { name: 'Title' });
const text = (page: Page) => page.getByRole('textbox', { name: 'Text of the note' });
const list = (page: Page) => page.getByRole('list', { name: 'Notes' });
const entry = (page: Page, name: string) =>
  list(page)
    .getByRole('link')
    .filter({ has: page.getByText(name, { exact: true }) });
const tags = (page: Page) => page.getByRole('list', { name: 'Tags' });

async function writeNote(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^(New note|Write the first note)$/ }).click();
  await expect(title(page)).toHaveValue('');
  await rename(page, name);
}

async function rename(page: Page, name: string): Promise<void> {
  await title(page).fill(name);
  await title(page).press('Enter');
  await expect(entry(page, name)).toBeVisible();
}

async function addTag(page: Page, tag: string): Promise<void> {
  await page.getByLabel('Add a tag').fill(tag);
  await page.getByLabel('Add a tag').press('Enter');
}

/** The same account in a browser of its own. */
async function another(browser: Browser, email: string, ownClock = false): Promise<Page> {
  const context = await browser.newContext(ownClock ? { serviceWorkers: 'block' } : {});
  await signIn(context, server.url, email);
  const page = await context.newPage();
  await openNotes(page, server.url);
  return page;
}

test('a note written on two devices at once keeps every word and every tag', async ({
  page,
  context,
  browser,
}) => {
  const faults = watch(page);
  const email = await enrol(context, server.url);
  await openNotes(page, server.url);
  await writeNote(page, 'London breakout');
  await expect(text(page)).toBeFocused();
  await page.keyboard.insertText('Waited for the first hour. Entered on the retest.');
  await addTag(page, 'plan');
  await synced(page);
  const other = await another(browser, email);
  await entry(other, 'London breakout').click();
  await expect(text(other)).toContainText('the retest.');

  await context.setOffline(true);
  await text(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(' Out at noon.');
  await addTag(page, 'EURUSD');
  await expect(status(page)).toHaveText(/^Offline · \d changes? waiting$/);
  await text(other).click();
  await other.keyboard.press('Control+Home');
  await other.keyboard.insertText('Dull morning. ');
  await other.getByRole('button', { name: 'Remove the tag plan' }).click();
  await addTag(other, 'London');
  await synced(other);
  await context.setOffline(false);

  for (const each of [page, other]) {
    await expect(text(each)).toHaveText(
      'Dull morning. Waited for the first hour. Entered on the retest. Out at noon.',
    );
    await expect(tags(each).locator('span')).toHaveText(['EURUSD', 'London']);
    await synced(each);
  }
  expect(await agreed(page, other)).toEqual(await copy.held(email));
  expect(faults).toEqual([]);
  await other.context().close();
});

test('a week of work without a network and with a wrong clock is all there afterwards', async ({
  page,
  context,
  browser,
}) => {
  const weekMs = 8 * 86_400_000;
  const noteCount = 39;
  const email = await enrol(context, server.url);
  await openNotes(page, server.url);
  await writeNote(page, 'Plan');
  const other = await another(browser, email, true);
  await expect(entry(other, 'Plan')).toBeVisible();

  // It is started again out of the server's sight, or it would learn the true time first.
  await moveClock(other.context(), weekMs);
  await other.context().route('**/trpc/**', (route) => route.abort());
  await other.reload();
  await expect(status(other)).toHaveText('Server not reachable');
  await other.context().setOffline(true);
  await other.context().unroute('**/trpc/**');
  await entry(other, 'Plan').click();
  await rename(other, 'Plan of the traveller');
  await other.evaluate(writeMany, noteCount);
  await expect(status(other)).toHaveText(/^Offline · \d+ changes waiting$/);
  const [first = ''] = await waitingStamps(other);
  expect(msOfHlc(first) - Date.now()).toBeGreaterThan(weekMs - 3_600_000);
  await entry(page, 'Plan').click();
  await rename(page, 'Plan of the stay-at-home');
  await synced(page);

  await other.context().setOffline(false);
  await synced(other);
  await synced(page);
  const held = await agreed(page, other);
  expect(held).toEqual(await copy.held(email));
  const stamps = Object.values(held);
  expect(Math.max(...stamps.map(msOfHlc))).toBeLessThan(Date.now() + 60_000);
  const titles = Object.keys(held).filter((place) => /^notes .* title$/.test(place));
  expect(titles).toHaveLength(noteCount + 1);
  // Its worker lives in the wrong week too.
  const { syncedMs } = (await metaOf(other, 'status')) as { readonly syncedMs: number };
  expect(syncedMs - Date.now()).toBeGreaterThan(weekMs - 3_600_000);

  // Its clock is still ahead, and keeps nobody from having the last word.
  await rename(page, 'Plan of both');
  await expect(entry(other, 'Plan of both')).toBeVisible();
  await rename(other, 'Plan for today');
  await expect(entry(page, 'Plan for today')).toBeVisible();
  await other.context().close();
});

/** In the page: notes by its own button and field, as fast as it takes them. */
async function writeMany(count: number): Promise<void> {
  const until = async <T>(look: () => T | null | undefined | false): Promise<T> => {
    for (;;) {
      const found = look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  const button = [...document.querySelectorAll('button')].find((each) =>
    each.textContent.includes('New note'),
  );
  for (let n = 1; n <= count; n++) {
    const before = location.search;
    button?.click();
    const field = await until(() => {
      const input = document.querySelector<HTMLInputElement>('input.title');
      return location.search !== before && input?.value === '' && input;
    });
    field.value = `Note ${n} of the week`;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('blur'));
    await until(() => document.querySelector('h1.hidden-visually')?.textContent === field.value);
  }
}

test('a tab that dies in the middle of sending leaves its work to the next one', async ({
  page,
  context,
  browser,
}) => {
  const email = await enrol(context, server.url);
  await openNotes(page, server.url);
  await writeNote(page, 'Before');
  await synced(page);
  const other = await another(browser, email);
  const second = await context.newPage();
  await second.goto(`${server.url}/notes/`);
  await entry(second, 'Before').click();

  // The server takes what is sent; its answer reaches nobody.
  const sent: (Buffer | null)[] = [];
  await context.route('**/trpc/replication.push', async (route) => {
    sent.push(route.request().postDataBuffer());
    if (sent.length > 1) return route.continue();
    await route.fetch();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Page.crash').catch(() => undefined);
  });
  const crashed = page.waitForEvent('crash');
  await rename(second, 'Sent by the first tab');
  await crashed;
  await writeNote(second, 'Written meanwhile');

  await expect(entry(other, 'Sent by the first tab')).toBeVisible();
  await expect(entry(other, 'Written meanwhile')).toBeVisible();
  await synced(second);
  expect(sent[1]).toEqual(sent[0]);
  expect(await agreed(second, other)).toEqual(await copy.held(email));
  expect(await copy.nodes(email)).toHaveLength(2);
  await other.context().close();
});

test('what the browser threw away comes back from the server, and says so', async ({
  page,
  context,
}) => {
  const email = await enrol(context, server.url);
  await openNotes(page, server.url);
  await writeNote(page, 'Kept by the server');
  await synced(page);
  const before = await heldBy(page);

  const devtools = await context.newCDPSession(page);
  const origin = server.url;
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  let letPass: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letPass = resolve));
  await context.route('**/trpc/replication.bootstrap', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${origin}/notes/`);
  await expect(status(page)).toHaveText(/^Restoring/);
  await status(page).click();
  await expect(page.getByText(/^This browser cleared its data/)).toBeVisible();
  letPass();
  await expect(entry(page, 'Kept by the server')).toBeVisible();
  await synced(page);
  await expect(async () => expect(await heldBy(page)).toMatchObject(before)).toPass();
  await entry(page, 'Kept by the server').click();
  await rename(page, 'Written afterwards');
  await synced(page);
  await expect(async () => expect(await heldBy(page)).toEqual(await copy.held(email))).toPass();
});

test('a server that was restored from an older backup is given what it forgot', async ({
  page,
  context,
  browser,
}) => {
  const email = await enrol(context, server.url);
  await openNotes(page, server.url);
  await writeNote(page, 'In the backup');
  await synced(page);
  const other = await another(browser, email);
  await copy.backUp();
  await writeNote(page, 'Forgotten by the server');
  await entry(other, 'In the backup').click();
  await rename(other, 'Changed after the backup');
  for (const each of [page, other]) {
    await expect(entry(each, 'Forgotten by the server')).toBeVisible();
    await expect(entry(each, 'Changed after the backup')).toBeVisible();
    await synced(each);
  }
  // One writes on without a network while the server goes back in time.
  await other.context().setOffline(true);
  await writeNote(other, 'Written on the way');
  const before = await copy.held(email);
  await copy.restore();
  expect(Object.keys(await copy.held(email)).length).toBeLessThan(Object.keys(before).length);
  await writeNote(page, 'Written at home');
  await other.context().setOffline(false);

  const names = ['Forgotten by the server', 'Written on the way', 'Written at home'];
  for (const each of [page, other]) {
    for (const name of ['Changed after the backup', ...names]) {
      await expect(entry(each, name)).toBeVisible();
    }
    await synced(each);
  }
  const held = await agreed(page, other);
  expect(held).toMatchObject(before);
  expect(held).toEqual(await copy.held(email));
  await other.context().close();
});

test('two copies of one profile become two devices, and neither loses a word', async ({
  playwright,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'offing-profile-'));
  const own = join(folder, 'own');
  const copied = join(folder, 'copied');
  const open = async (profile: string) => {
    const context = await playwright.chromium.launchPersistentContext(profile);
    return { context, page: context.pages()[0] ?? (await context.newPage()) };
  };
  const before = await open(own);
  const email = await enrol(before.context, server.url);
  await openNotes(before.page, server.url);
  await writeNote(before.page, 'Before the copy');
  await synced(before.page);
  await before.context.close();
  await cp(own, copied, { recursive: true });

  const both = [await open(own), await open(copied)] as const;
  for (const { page } of both) {
    await openNotes(page, server.url);
    await entry(page, 'Before the copy').click();
  }
  const [{ page: one }, { page: other }] = both;
  await rename(one, 'Renamed in the first');
  await addTag(other, 'second');
  await writeNote(one, 'New in the first');
  await writeNote(other, 'New in the second');
  for (const { page } of both) {
    await expect(entry(page, 'New in the first')).toBeVisible();
    await expect(entry(page, 'New in the second')).toBeVisible();
    await expect(entry(page, 'Renamed in the first')).toContainText('second');
    await synced(page);
  }
  expect(await agreed(one, other)).toEqual(await copy.held(email));
  expect(await copy.nodes(email)).toHaveLength(2);
  for (const { context } of both) await context.close();
  await rm(folder, { recursive: true, force: true });
});
