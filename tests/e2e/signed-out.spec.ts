/** What of an account is in the browser: while somebody is signed in, and once nobody is. */
import type { Page } from '@playwright/test';
import { expect, test } from './offing.ts';
import { fillSignIn, password, signedIn } from './person.ts';
import { loadSample } from './trader.ts';

const email = 'harbour.master@offing.example';
const displayName = 'Harbour Master';

/** Everything that pages of this origin keep on the device, as one text. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name!);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const table of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          const reading = database.transaction(table).objectStore(table).getAll();
          reading.onsuccess = () => resolve(reading.result);
          reading.onerror = () => reject(reading.error);
        });
        texts.push(JSON.stringify(rows));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        texts.push(request.url, (await (await cache.match(request))?.text()) ?? '');
      }
    }
    return [document.cookie, ...texts].join('\n');
  });
}

function expectNothingOfTheAccount(text: string): void {
  for (const own of [email, displayName, password]) expect(text).not.toContain(own);
}

test('a password is hidden, shown where one wants to see it, and may be pasted', async ({
  page,
  server,
}) => {
  for (const [path, purpose] of [
    ['/account/sign-in/', 'current-password'],
    ['/account/sign-up/', 'new-password'],
  ] as const) {
    await page.goto(server.url + path);
    const field = page.getByLabel('Password', { exact: true });
    await expect(field).toHaveAttribute('type', 'password');
    await expect(field).toHaveAttribute('autocomplete', purpose);
    const mail = page.getByLabel('E-mail', { exact: true });
    await mail.fill(password);
    await mail.press('ControlOrMeta+a');
    await mail.press('ControlOrMeta+x');
    await field.press('ControlOrMeta+v');
    await expect(field).toHaveValue(password);
    await page.getByRole('button', { name: 'Show what is typed' }).click();
    await expect(field).toHaveAttribute('type', 'text');
    await page.getByRole('button', { name: 'Hide what is typed' }).click();
    await expect(field).toHaveAttribute('type', 'password');
  }
});

/** Rows in all databases of this origin. */
function rowsKept(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let rows = 0;
    for (const { name } of await indexedDB.databases()) {
      const opening = indexedDB.open(name!);
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const table of database.objectStoreNames) {
        const counting = database.transaction(table).objectStore(table).count();
        rows += await new Promise<number>((resolve, reject) => {
          counting.onsuccess = () => resolve(counting.result);
          counting.onerror = () => reject(counting.error);
        });
      }
      database.close();
    }
    return rows;
  });
}

test('signing out can take everything off the device, in every tab', async ({
  page,
  context,
  server,
}) => {
  const data = { email: 'passing.guest@offing.example', password };
  const headers = { 'x-offing-client': 'test' };
  await page.goto(server.url);
  await loadSample(page);
  const made = await page.request.post(`${server.url}/trpc/auth.signUp`, { headers, data });
  expect(made.ok()).toBe(true);
  await page.goto(`${server.url}/account/sign-in/?next=/profile/`);
  await fillSignIn(page, data.email);
  await signedIn(page);
  await expect(page.getByRole('main').getByText(data.email).first()).toBeVisible();

  // What was there before is the account's now.
  const other = await context.newPage();
  await other.goto(`${server.url}/prices/`);
  await expect(other.getByText('SP500').first()).toBeVisible();
  expect(await rowsKept(page)).toBeGreaterThan(100);

  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign out' });
  await dialog.getByRole('radio', { name: 'Remove it' }).check();
  await dialog.getByRole('button', { name: 'Remove and sign out' }).click();
  await expect(page.getByRole('button', { name: 'Load sample' }).first()).toBeVisible();
  await expect(other.getByText('SP500')).toHaveCount(0);
  await expect(other.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  await expect.poll(() => rowsKept(page)).toBeLessThan(5);
  expect(JSON.stringify(await page.evaluate(() => ({ ...localStorage })))).not.toContain('draft');
});

test('signing out is at hand on every page, and leaves nothing of the account behind', async ({
  page,
  context,
  server,
}) => {
  const made = await page.request.post(`${server.url}/trpc/auth.signUp`, {
    headers: { 'x-offing-client': 'test' },
    data: { email, password, displayName },
  });
  expect(made.ok()).toBe(true);
  await page.goto(`${server.url}/account/sign-in/?next=/profile/`);
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await signedIn(page);
  await expect(page.getByRole('main').getByText(email).first()).toBeVisible();
  expectNothingOfTheAccount(await kept(page));

  const menu = page.getByRole('button', { name: `Account ${displayName}` });
  for (const path of ['/', '/prices/', '/settings/', '/security/', '/profile/']) {
    await page.goto(server.url + path);
    await menu.click();
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
    if (path !== '/profile/') await page.keyboard.press('Escape');
  }
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(({ pathname }) => pathname === '/');
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  expectNothingOfTheAccount(await page.content());
  expectNothingOfTheAccount(await kept(page));
  const names = (await context.cookies()).map(({ name }) => name);
  expect(names).not.toContain('offing');

  await page.goBack();
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  expectNothingOfTheAccount(await page.content());
});
