/** One account on two devices: what is written on one is on the other, whatever happened meanwhile. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { seriousInBoth } from './accessibility.ts';
import { status, synced } from './device.ts';
import { expect, test } from './offing.ts';
import { fillSignIn, password, signedIn, signOut } from './person.ts';
import type { RunningServer } from './running.ts';
import { keptForOffline, started, watch } from './trader.ts';

test.use({ serviceWorkers: 'allow' });

async function signUp(page: Page, server: RunningServer, email: string): Promise<void> {
  const made = await page.request.post(`${server.url}/trpc/auth.signUp`, {
    headers: { 'x-offing-client': 'test' },
    data: { email, password },
  });
  expect(made.ok()).toBe(true);
}

async function signIn(page: Page, server: RunningServer, email: string): Promise<void> {
  await page.goto(`${server.url}/account/sign-in/?next=/strategies/`);
  await fillSignIn(page, email);
  // The address of the form has the way on in it too.
  await expect(page).toHaveURL(({ pathname }) => pathname === '/strategies/');
  await signedIn(page);
}

const strategy = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

async function rename(page: Page, name: string, to: string): Promise<void> {
  await page.getByRole('button', { name: `Actions on ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(to);
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await expect(strategy(page, to)).toBeVisible();
}

async function device(browser: Browser, like: BrowserContext): Promise<Page> {
  const { width, height } = like.pages()[0]!.viewportSize()!;
  const context = await browser.newContext({ viewport: { width, height } });
  return context.newPage();
}

test(
  'two devices share one truth, and what was replaced can be brought back',
  { tag: '@one-size' },
  async ({ page, context, browser, server }) => {
    const faults = watch(page);
    const email = `both.${Date.now()}@offing.example`;

    // Written before there was an account.
    await page.goto(`${server.url}/strategies/`);
    await started(page);
    await page.getByRole('button', { name: 'write your own' }).click();
    await expect(page).toHaveURL(/\?id=/);
    await page.goto(`${server.url}/strategies/`);
    await expect(strategy(page, 'Untitled')).toBeVisible();
    await expect(status(page)).toHaveCount(0);

    await signUp(page, server, email);
    await signIn(page, server, email);
    await synced(page);

    const other = await device(browser, context);
    await signIn(other, server, email);
    await expect(strategy(other, 'Untitled')).toBeVisible();
    await synced(other);

    // While both look on.
    await rename(page, 'Untitled', 'Harbour');
    await expect(strategy(other, 'Harbour')).toBeVisible();

    // In a second tab, after the first one is closed: somebody else leads.
    const second = await context.newPage();
    await second.goto(`${server.url}/strategies/`);
    await started(second);
    await expect(strategy(second, 'Harbour')).toBeVisible();
    await page.close();
    await rename(second, 'Harbour', 'Quay');
    await expect(strategy(other, 'Quay')).toBeVisible();

    // Without a network both change the name, the later one wins; the other is not lost.
    await keptForOffline(second);
    await keptForOffline(other);
    await context.setOffline(true);
    await other.context().setOffline(true);
    await rename(second, 'Quay', 'Earlier name');
    await expect(status(second)).toHaveText('Offline · 1 change waiting');
    await rename(other, 'Quay', 'Later name');
    await other.context().setOffline(false);
    await synced(other);
    await context.setOffline(false);
    await expect(strategy(second, 'Later name')).toBeVisible();
    await synced(second);

    await second.goto(`${server.url}/devices/`);
    const lost = second.getByRole('listitem').filter({ hasText: 'Earlier name' });
    await expect(lost).toContainText('Strategy “Later name” · name');
    await expect(lost).toContainText('both were changed at the same time');
    expect(await seriousInBoth(second)).toEqual([]);
    await lost.getByRole('button', { name: /^Use this value: earlier name/ }).click();
    await expect(strategy(other, 'Earlier name')).toBeVisible();

    // The list of devices names both; one of them is taken off it.
    const devices = second.getByRole('region', { name: 'Your devices' });
    await expect(devices.getByRole('listitem')).toHaveCount(2);
    await devices.getByRole('button', { name: /^Remove / }).click();
    await second.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(devices.getByRole('listitem')).toHaveCount(1);
    await expect(status(other)).toHaveText(/Signed out/);
    await expect(strategy(other, 'Earlier name')).toBeVisible();
    await other.context().close();

    // Somebody else on this browser has data of their own.
    await signOut(second);
    const stranger = `stranger.${Date.now()}@offing.example`;
    await signUp(second, server, stranger);
    await signIn(second, server, stranger);
    await expect(second.getByRole('heading', { name: 'Begin with one of these' })).toBeVisible();
    await expect(strategy(second, 'Earlier name')).toHaveCount(0);
    expect(faults.filter((fault) => !/status of (401|403)/.test(fault))).toEqual([]);
  },
);
