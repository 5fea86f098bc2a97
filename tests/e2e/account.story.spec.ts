/** From a stranger to somebody whose account is hard to steal, and back to a stranger. */
import { readFile } from 'node:fs/promises';
import { status } from './device.ts';
import { expect, test } from './offing.ts';
import { loadSample, started, told, watch } from './trader.ts';
import {
  addApp,
  addAuthenticator,
  confirmAddress,
  fillSignIn,
  password,
  signedIn,
  signOut,
  signUp,
} from './person.ts';

test('a trader makes an account, makes it hard to steal, and keeps what was there before', async ({
  page,
  context,
  browser,
  place: { server, mailbox },
}) => {
  const faults = watch(page);
  const email = `first.${Date.now()}@offing.example`;
  await page.goto(server.url);
  await loadSample(page);
  await signUp(page, email);
  const token = await mailbox.token(email, /confirm/i);
  await confirmAddress(page, `${server.url}/account/verify/#${token}`);
  expect(page.url()).not.toContain('#');

  // What was written before is still there.
  await page.goto(`${server.url}/prices/`);
  await expect(page.getByText('SP500').first()).toBeVisible();

  await page.goto(`${server.url}/security/`);
  const { app, recoveryCodes } = await addApp(page);

  // A passkey will do for both; the app meanwhile comes to its next code.
  await addAuthenticator(context, page);
  await page.getByRole('button', { name: 'Add a passkey…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('My finger');
  await page.getByRole('button', { name: 'Make the passkey' }).click();
  await expect(page.getByText('My finger', { exact: true })).toBeVisible();

  // Another device comes in by a recovery code, and is shown and ended.
  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await elsewhere.goto(`${server.url}/account/sign-in/?next=/profile/`);
  await fillSignIn(elsewhere, email);
  await elsewhere.getByRole('button', { name: 'Use a recovery code instead' }).click();
  await elsewhere.getByLabel('Recovery code').fill(recoveryCodes[0]!.toLowerCase());
  await elsewhere.getByRole('button', { name: 'Go on' }).click();
  await expect(elsewhere.getByRole('heading', { name: 'Profile', level: 1 })).toBeVisible();
  await mailbox.newest(email, /recovery code was used/i);
  await page.reload();
  const endOthers = page.getByRole('button', { name: 'End all others' });
  await told(page, '1 other session ended', () => endOthers.click());
  await elsewhere.reload();
  await expect(elsewhere.getByText('Nobody is signed in')).toBeVisible();
  await other.close();

  await signOut(page);

  // The password alone opens nothing now.
  await page.goto(`${server.url}/account/sign-in/?next=/security/`);
  await fillSignIn(page, email);
  await expect(page.getByRole('heading', { name: 'Second step' })).toBeVisible();
  await page.getByLabel('Code from your app').fill('000000');
  await expect(page.getByText(/code is wrong/i).first()).toBeVisible();
  await page.getByLabel('Code from your app').fill(await app.code());
  await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeVisible();

  // The passkey replaces both.
  await signOut(page);
  await page.goto(`${server.url}/account/sign-in/?next=/security/`);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeVisible();

  // The trail tells it all, and is whole.
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await expect(page.getByText(/The chain is whole/)).toBeVisible();

  // Everything is handed over, then everything is gone.
  await page.goto(`${server.url}/profile/`);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export the account' }).click();
  const archive = await readFile(await (await saving).path(), 'utf8');
  expect(JSON.parse(archive)).toMatchObject({ profile: { email } });
  expect(archive).not.toContain(recoveryCodes[1]!);
  await page.getByRole('button', { name: 'Delete the account…' }).click();
  await page.getByLabel('Your e-mail address, to confirm').fill(email);
  await page.getByRole('button', { name: 'Delete it' }).click();
  await expect(page).toHaveURL(({ pathname }) => pathname === '/');
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  await mailbox.newest(email, /deleted/i);
  await page.goto(`${server.url}/prices/`);
  await expect(page.getByText('SP500').first()).toBeVisible();
  expect(faults.filter((fault) => !/status of (401|403)/.test(fault))).toEqual([]);
});

test(
  'a lost password is replaced by mail, and devices of before are signed out',
  { tag: '@one-size' },
  async ({ page, context, browser, place }) => {
    const { server, mailbox } = place;
    const email = await place.enter(context);
    await page.goto(server.url);
    await expect(status(page)).toHaveText('Synced');

    const other = await browser.newContext();
    const elsewhere = await other.newPage();
    await elsewhere.goto(`${server.url}/account/sign-in/`);
    await elsewhere.getByRole('link', { name: 'Forgot the password?' }).click();
    await expect(
      elsewhere.getByRole('heading', { name: 'Where should the link go?' }),
    ).toBeVisible();
    await elsewhere.getByLabel('E-mail', { exact: true }).fill(email);
    await elsewhere.getByRole('button', { name: 'Send the link' }).click();
    // The mail may be there before the answer, and until then the form takes nothing else.
    await expect(elsewhere.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
    const token = await mailbox.token(email, /new password/i);
    await elsewhere.goto(`${server.url}/account/reset/#${token}`);
    const field = elsewhere.getByLabel('New password', { exact: true });
    await field.fill('short');
    await field.press('Enter');
    // The server's own refusal: until it is here the form takes no further try.
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await field.fill(`${password}-anew`);
    await field.press('Enter');
    await expect(elsewhere.getByRole('heading', { name: 'The password is changed' })).toBeVisible();
    await other.close();

    await page.reload();
    await started(page);
    await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
    await page.goto(`${server.url}/account/sign-in/`);
    await fillSignIn(page, email);
    await expect(page.getByText(/wrong/i).first()).toBeVisible();
  },
);

test(
  'appearance follows the account to another device',
  { tag: '@one-size' },
  async ({ page, context, browser, place }) => {
    const { server } = place;
    const email = await place.enter(context);
    await page.goto(`${server.url}/settings/`);
    await expect(status(page)).toHaveText('Synced');
    await page.getByRole('radio', { name: 'Dark' }).check();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect
      .poll(async () => (await page.request.get(`${server.url}/trpc/account.settings`)).text())
      .toContain('"theme":"dark"');

    const other = await browser.newContext();
    const elsewhere = await other.newPage();
    await elsewhere.goto(`${server.url}/account/sign-in/`);
    await fillSignIn(elsewhere, email);
    await signedIn(elsewhere);
    await expect(elsewhere.locator('html')).toHaveAttribute('data-theme', 'dark');
    await signOut(elsewhere);
    await expect(elsewhere.locator('html')).toHaveAttribute('data-theme', 'dark');
    await other.close();
  },
);
