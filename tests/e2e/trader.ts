/** What a trader does on the pages, by the words they see. */
import { expect, type Locator, type Page } from '@playwright/test';
import { join } from 'node:path';
import { readKeptParts } from '../kept-parts.ts';
import { root } from './running.ts';

export const sampleFile = join(root, 'node_modules/vega-datasets/data/sp500-2000.csv');

/** What a test brings about itself: a cut network, a page or a server that is not there. */
const expected = /ERR_(INTERNET_DISCONNECTED|CONNECTION)|status of 404|Not found: \/no\/such\/page/;

/** Collects script errors, blocked resources and console errors of the page; none are right. */
export function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    const isFault = message.type() === 'error' && !expected.test(message.text());
    if (isFault) faults.push(message.text());
  });
  // What the browser itself finds wrong, as sizes that chase each other, is no exception.
  void page.addInitScript(() => {
    addEventListener('error', ({ error, message }) => {
      if (message && !error) console.error(message);
    });
  });
  return faults;
}

/**
 * Waits until a page answers: what is drawn before its script runs does nothing yet.
 *
 * Only after a page was loaded: one that a link leads to draws the same status bar all along.
 */
export async function started(page: Page): Promise<void> {
  await page.getByTestId('storage-status').waitFor();
}

/** Does what a notice is to tell of, and sees it: many go by themselves after a few seconds. */
export async function told(
  page: Page,
  words: string | RegExp,
  act: () => Promise<unknown>,
): Promise<void> {
  await Promise.all([page.getByText(words).first().waitFor({ timeout: 30_000 }), act()]);
}

/** The notice that offers it stays as long as the pointer is over it. */
export async function holdUndo(page: Page): Promise<Locator> {
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await undo.hover();
  return undo;
}

/** From the empty first visit to the sample's chart. */
export async function loadSample(page: Page): Promise<void> {
  await started(page);
  await page.getByRole('button', { name: 'Load sample' }).first().click();
  await expect(page.getByRole('heading', { name: 'SP500 D1' })).toBeVisible();
}

/** Through the import dialog to its report, or to whatever it answers. */
export async function importFile(page: Page, path: string): Promise<void> {
  await started(page);
  await page.locator('input[type=file]').first().setInputFiles(path);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
}

/** Runs what the lab has chosen and waits for the finished result. */
export async function runBacktest(page: Page): Promise<string> {
  await started(page);
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await expect(page).toHaveURL(/\/backtest\/\?run=/);
  await expect(page.getByRole('tab', { name: /Equity/ })).toBeVisible();
  return page.url();
}

/** The fingerprint shown with a finished run. */
export async function fingerprint(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'Rules and settings' }).click();
  const code = page.getByText(/^[0-9a-f]{64}$/);
  await expect(code).toBeVisible();
  return code.innerText();
}

/** Lets a search take seconds instead of a blink: another path than the kernel knows is walked. */
export async function searchSlowly(page: Page): Promise<void> {
  const path = page.getByLabel('Inside a bar the price goes');
  if (!(await path.isVisible())) await page.getByText('How orders fill').click();
  await path.selectOption('optimistic');
}

/** Waits until the app is kept on the device, as the second visit needs it. */
export async function keptForOffline(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Until what a page fetches when it has nothing to do is kept too. */
export async function restKeptForOffline(page: Page): Promise<void> {
  await keptForOffline(page);
  const paths = readKeptParts().soon;
  const missing = () =>
    page.evaluate(async (wanted) => {
      const found = await Promise.all(wanted.map((path) => caches.match(path)));
      return wanted.filter((_, at) => !found[at]);
    }, paths);
  await expect.poll(missing, { timeout: 60_000 }).toEqual([]);
}
