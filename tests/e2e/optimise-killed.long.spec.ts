/** Ten thousand combinations, the tab killed on the way: nothing finished is lost or done again. */
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './offing.ts';
import { loadSample, searchSlowly } from './trader.ts';

/** Reads or changes the stored batches in the page's own database. */
function batches(
  page: Page,
  mark: boolean,
): Promise<{ batch: number; text: string; kept: boolean }[]> {
  return page.evaluate(async (marking) => {
    const open = indexedDB.open('offing');
    const database = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => resolve(open.result);
    });
    const mode = marking ? 'readwrite' : 'readonly';
    const store = database.transaction('sweepBatches', mode).objectStore('sweepBatches');
    const request = store.getAll();
    type Row = { batch: number; values: Float64Array; states: Uint8Array; kept?: boolean };
    const rows = await new Promise<Row[]>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    if (marking) for (const row of rows) store.put({ ...row, kept: true });
    database.close();
    return rows.map(({ batch, values, states, kept }) => ({
      batch,
      text: `${values.join(' ')} ${states.join('')}`,
      kept: kept === true,
    }));
  }, mark);
}

async function start(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/optimise/`);
  await page.getByLabel('Strategy', { exact: true }).selectOption({ label: 'RSI pullback' });
  const set = async (input: string, range: Record<string, string>) => {
    const group = page.getByRole('group', { name: `Range of ${input}` });
    for (const [part, value] of Object.entries(range)) await group.getByLabel(part).fill(value);
  };
  await set('trend', { from: '50', to: '299', step: '1' });
  await set('dip', { from: '2', to: '21.5', step: '0.5' });
  await expect(page.getByText('10,000 combinations', { exact: true })).toBeVisible();
  await searchSlowly(page);
  await page.getByRole('button', { name: 'Start search' }).click();
  await expect(page).toHaveURL(/\?sweep=/);
}

const count = async (page: Page) => (await batches(page, false)).length;

/** As the system does that runs out of memory: no goodbye, its workers with it. */
async function kill(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}

test('a search of 10,000 combinations survives a killed tab', async ({ context, page, server }) => {
  await page.goto(server.url);
  await loadSample(page);
  await start(page, server.url);
  const address = page.url();
  await expect.poll(() => count(page), { intervals: [50] }).toBeGreaterThan(4);
  await kill(context, page);

  const again = await context.newPage();
  await again.goto(address);
  const goOn = again.getByRole('button', { name: 'Go on', exact: true });
  await expect(goOn).toBeVisible();
  const before = await batches(again, true);
  expect(before.length).toBeGreaterThan(4);
  expect(before.length).toBeLessThan(80);
  await goOn.click();
  await expect.poll(() => count(again), { timeout: 90_000 }).toBe(80);
  await expect(again.getByText(/[\d,]+ combinations ranked/)).toBeVisible();
  const resumed = await batches(again, false);
  // What was finished before was left alone.
  const kept = resumed.filter((row) => row.kept).map(({ batch }) => batch);
  expect(kept).toEqual(before.map(({ batch }) => batch));

  await again.goto(`${server.url}/optimise/`);
  await again.getByRole('button', { name: /Delete the search/ }).click();
  await expect(again.getByText('No search yet')).toBeVisible();
  await start(again, server.url);
  // Far enough to meet what was done before the kill, at it and after it.
  const enough = Math.min(before.length + 9, 80);
  await expect.poll(() => count(again), { timeout: 90_000 }).toBeGreaterThanOrEqual(enough);
  const uninterrupted = await batches(again, false);
  const done = new Set(uninterrupted.map(({ batch }) => batch));
  const same = resumed.filter(({ batch }) => done.has(batch));
  expect(uninterrupted.map(({ text }) => text)).toEqual(same.map(({ text }) => text));
});
