/** What a person with an account does on the pages, by the words they see. */
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { generate } from 'otplib';
import { started } from './trader.ts';

export const password = 'a-long-quiet-harbour-wall';

export async function fillSignIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Signs up from the status bar, as far as the hint to look into the mail. */
export async function signUp(page: Page, email: string): Promise<void> {
  await started(page);
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await page.getByRole('link', { name: 'Create an account' }).first().click();
  // The form to sign in has the same fields, and stays until this one is loaded.
  await expect(page.getByRole('heading', { name: 'New account' })).toBeVisible();
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
}

/** Opens the mailed link and confirms it. */
export async function confirmAddress(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Confirm the address' }).click();
  await signedIn(page);
}

/** Until the form is left and the page where one wanted to is there: it may be loaded anew. */
export async function signedIn(page: Page): Promise<void> {
  await expect(page).not.toHaveURL(({ pathname }) => pathname.startsWith('/account/'));
  await started(page);
  await expect(page.getByRole('button', { name: /^Account / })).toBeVisible();
}

/** How far ahead the clock of the phone is; the server takes up to 5 s. */
const aheadSeconds = 4;

/** An authenticator app: gives each code once, waiting for the next when it must. */
export function authenticatorApp(secret: string) {
  let used = 0;
  return {
    async code(): Promise<string> {
      const epoch = () => Math.floor(Date.now() / 1000) + aheadSeconds;
      const step = () => Math.floor(epoch() / 30);
      await expect.poll(step, { timeout: 40_000 }).toBeGreaterThan(used);
      used = step();
      return generate({ secret, epoch: used * 30 });
    },
  };
}

/** On the Security page: codes of an app on, the recovery codes kept. */
export async function addApp(page: Page) {
  await page.getByRole('button', { name: 'Set up an app…' }).click();
  await expect(page.getByRole('img', { name: 'QR code of the secret' })).toBeVisible();
  const secret = (await page.locator('.secret code').innerText()).replaceAll(' ', '');
  const app = authenticatorApp(secret);
  await page.getByLabel('Code that the app shows now').fill(await app.code());
  const dialog = page.getByRole('dialog', { name: 'Recovery codes' });
  await expect(dialog).toBeVisible();
  let recoveryCodes: readonly string[] = [];
  await expect(async () => {
    recoveryCodes = (await dialog.innerText()).match(/[A-Z2-9]{6}(-[A-Z2-9]{6}){3}/g) ?? [];
    expect(recoveryCodes).toHaveLength(10);
  }).toPass();
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('On. Signing in asks for a code of your app.')).toBeVisible();
  return { app, recoveryCodes };
}

/** A phone's own authenticator, unlocked by an obedient finger. */
export async function addAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  // The way home comes last: whoever goes elsewhere before would be taken from there.
  await expect(page).toHaveURL(({ pathname }) => pathname === '/');
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
}
