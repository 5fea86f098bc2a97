/** A search outlives its tab; what it looks like in between is looked at in both sizes. */
import type { Page } from '@playwright/test';
import { seriousInBothSizes } from './accessibility.ts';
import { expect, test } from './offing.ts';
import { loadSample, searchSlowly, started } from './trader.ts';

async function setRange(page: Page, input: string, range: Record<string, string>): Promise<void> {
  const group = page.getByRole('group', { name: `Range of ${input}` });
  for (const [part, value] of Object.entries(range)) await group.getByLabel(part).fill(value);
}

/** What every batch of every search came to, as text. */
function stored(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const open = indexedDB.open('offing');
    const database = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => resolve(open.result);
    });
    const request = database.transaction('sweepBatches').objectStore('sweepBatches').getAll();
    const rows = await new Promise<{ batch: number; values: Float64Array }[]>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    return rows.map(({ batch, values }) => `${batch}: ${values.join(' ')}`);
  });
}

const table = (page: Page) => page.getByRole('region', { name: 'Combinations from best to worst' });

test('a search cut off by a reload goes on to what it would have found', async ({
  page,
  server,
}) => {
  test.setTimeout(400_000);
  await page.goto(server.url);
  await loadSample(page);
  const start = async () => {
    await page.goto(`${server.url}/optimise/`);
    await expect(page.getByText('190 combinations')).toBeVisible();
    await setRange(page, 'fast', { step: '1' });
    await setRange(page, 'slow', { step: '5' });
    await expect(page.getByText('1,702 combinations')).toBeVisible();
    await searchSlowly(page);
    await page.getByRole('button', { name: 'Start search' }).click();
    await expect(page).toHaveURL(/\?sweep=/);
  };
  await start();
  const soon = { intervals: [50] };
  // Half a minute where others compute beside it.
  const searched = { timeout: 120_000 };
  await expect.poll(async () => (await stored(page)).length, soon).toBeGreaterThan(0);
  await page.reload();
  const goOn = page.getByRole('button', { name: 'Go on', exact: true });
  await expect(goOn).toBeVisible();
  const before = (await stored(page)).length;
  expect(before).toBeLessThan(14);
  expect(await seriousInBothSizes(page)).toEqual([]);
  await goOn.click();
  await expect.poll(async () => (await stored(page)).length, searched).toBe(14);
  const resumed = await stored(page);
  await expect(table(page).getByRole('row').nth(1)).toBeVisible();

  await page.goto(`${server.url}/optimise/`);
  await page.getByRole('button', { name: /Delete the search/ }).click();
  await expect(page.getByText('No search yet')).toBeVisible();
  await expect.poll(() => stored(page)).toEqual([]);
  await start();
  await expect.poll(async () => (await stored(page)).length, searched).toBe(14);
  expect(await stored(page)).toEqual(resumed);
});

test('a search that learns is there after a reload, and folds are tested one by one', async ({
  page,
  server,
}) => {
  await page.goto(server.url);
  await loadSample(page);
  await page.goto(`${server.url}/optimise/`);
  await started(page);
  await page.getByLabel('Try', { exact: true }).selectOption('bayesian');
  await page.getByLabel('Combinations', { exact: true }).fill('60');
  await page.getByLabel('Check on unseen prices').selectOption('purged');
  await expect(page.getByText(/would learn from the tests of other windows/)).toBeVisible();
  await page.getByLabel('Check on unseen prices').selectOption('holdout');
  await page.getByRole('button', { name: 'Start search' }).click();
  await expect(page.getByText(/was found in 60 tries/)).toBeVisible();
  await expect.poll(async () => (await stored(page)).length).toBe(30);
  const first = table(page).getByRole('row').nth(1);
  const best = await first.innerText();
  await page.reload();
  await expect(first).toHaveText(best, { useInnerText: true });

  await page.goto(`${server.url}/optimise/`);
  await started(page);
  await page.getByLabel('Check on unseen prices').selectOption('purged');
  await page.getByRole('button', { name: 'Start search' }).click();
  await expect(page.getByRole('heading', { name: 'Fold by fold' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Windows' }).getByRole('row')).toHaveCount(6);
  await expect(page.getByText(/^18\d combinations ranked/)).toBeVisible();
  expect(await seriousInBothSizes(page)).toEqual([]);
});
