/** An account whose data are sealed on its devices: switched on, opened elsewhere, off again. */
import type { Page } from '@playwright/test';
import { seriousInBoth } from './accessibility.ts';
import { status, synced } from './device.ts';
import { expect, test } from './offing.ts';
import { fillSignIn, password, signedIn } from './person.ts';
import type { RunningServer } from './running.ts';
import { watch } from './trader.ts';

const passphrase = 'seven slow boats in fog';

async function signIn(page: Page, server: RunningServer, email: string): Promise<void> {
  await page.goto(`${server.url}/account/sign-in/?next=/strategies/`);
  await fillSignIn(page, email);
  // The address of the form has the way on in it too.
  await expect(page).toHaveURL(({ pathname }) => pathname === '/strategies/');
  await signedIn(page);
}

const panel = (page: Page) => page.locator('#encryption');

async function sealed(page: Page, server: RunningServer): Promise<void> {
  await page.goto(`${server.url}/security/`);
  await panel(page).getByRole('button', { name: 'Switch it on…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Switch on end-to-end encryption' });
  await dialog.getByLabel('New passphrase', { exact: true }).fill('password1234');
  await dialog.getByLabel('The same again', { exact: true }).fill('password1234');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByText(/Too easy to guess/).first()).toBeVisible();
  await dialog.getByLabel('New passphrase', { exact: true }).fill(passphrase);
  await dialog.getByLabel('The same again', { exact: true }).fill(passphrase);
  expect(await seriousInBoth(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  const code = dialog.locator('.code');
  await expect(code).toBeVisible();
  const text = await code.innerText();
  expect(text).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
  await dialog.getByLabel('Its last four characters').fill(text.slice(-4));
  await dialog.getByRole('button', { name: 'Seal my data' }).click();
  // Signed in a moment ago counts as proof; on a slow machine it is asked for again.
  await expect(panel(page).getByText(/^On\. Your data leave this device sealed/)).toBeVisible();
}

test('data are sealed, opened on another device by the passphrase, and readable again', async ({
  page,
  context,
  browser,
  server,
}) => {
  const faults = watch(page);
  const email = `sealed.${Date.now()}@offing.example`;
  const made = await page.request.post(`${server.url}/trpc/auth.signUp`, {
    headers: { 'x-offing-client': 'test' },
    data: { email, password },
  });
  expect(made.ok()).toBe(true);
  await signIn(page, server, email);
  await page.getByRole('button', { name: 'write your own' }).click();
  await expect(page).toHaveURL(/\?id=/);
  await sealed(page, server);
  await synced(page);
  expect(await seriousInBoth(page)).toEqual([]);

  const { width, height } = page.viewportSize()!;
  const elsewhere = await browser.newContext({ viewport: { width, height } });
  const other = await elsewhere.newPage();
  await signIn(other, server, email);
  await expect(status(other)).toHaveText('Locked');
  await status(other).click();
  await other.getByRole('button', { name: 'Enter the passphrase' }).first().click();
  const unlock = other.getByRole('dialog', { name: 'Open your data' });
  await unlock.getByLabel('Passphrase', { exact: true }).fill('seven slow boats in mud');
  await unlock.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(unlock.getByText(/This does not open your data/)).toBeVisible();
  await unlock.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await unlock.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(unlock).toBeHidden();
  await expect(other.getByRole('link', { name: 'Untitled', exact: true })).toBeVisible();
  await synced(other);

  await panel(page).getByRole('button', { name: 'Switch it off…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch it off' }).click();
  await expect(panel(page).getByRole('button', { name: 'Switch it on…' })).toBeVisible();
  await other.goto(`${server.url}/security/`);
  await expect(panel(other).getByRole('button', { name: 'Switch it on…' })).toBeVisible();
  await synced(other);
  expect(faults).toEqual([]);
  await elsewhere.close();
  await context.close();
});
