/** Price files through the page: real ones, hostile ones, and imports that are cut short. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, sharedData, test } from './offing.ts';
import { importFile, loadSample, runBacktest, started, told, watch } from './trader.ts';

const folder = mkdtempSync(join(tmpdir(), 'offing-import-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, content: string | Uint8Array): string {
  // A worker that goes on after a failed test finds the folder gone.
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Sound minute bars as text, about 45 bytes a line; labelled by their symbol as made up. */
function madeBars(count: number): string {
  const lines = ['time,open,high,low,close,volume'];
  for (let i = 0; i < count; i++) {
    const time = new Date(Date.UTC(2020, 0, 1) + i * 60_000).toISOString();
    const price = (1.1 + Math.sin(i / 500) / 100).toFixed(5);
    lines.push(`${time},${price},${price},${price},${price},1`);
  }
  return lines.join('\n');
}

async function stored(page: Page): Promise<{ series: number; chunks: number }> {
  return page.evaluate(async () => {
    const open = indexedDB.open('offing');
    const database = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => resolve(open.result);
    });
    // Both of one moment.
    const moment = database.transaction(['series', 'chunks']);
    const count = (name: string) =>
      new Promise<number>((resolve) => {
        const request = moment.objectStore(name).count();
        request.onsuccess = () => resolve(request.result);
      });
    const [series, chunks] = await Promise.all([count('series'), count('chunks')]);
    database.close();
    return { series, chunks };
  });
}

for (const [file, bars] of [
  ['GOOG.csv', '2,148'],
  ['EURUSD.csv', '5,000'],
  ['EURUSD-H1-2007-2018-bidask.csv.gz', '74,439'],
] as const) {
  test(`imports ${file} and draws it`, async ({ page, server }) => {
    const path = join(sharedData, file);
    test.skip(!existsSync(path), `${file} of the shared price files is not beside the checkout`);
    const faults = watch(page);
    await page.goto(`${server.url}/prices/`);
    await importFile(page, path);
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(`${bars} bars added`);
    await dialog.getByRole('button', { name: 'Open the chart' }).click();
    await expect(page.locator('canvas').first()).toBeVisible();
    await expect(page.getByRole('main')).toContainText(`${bars} bars`);

    await page.goto(`${server.url}/prices/`);
    await importFile(page, path);
    await expect(page.getByRole('dialog')).toContainText('0 bars added');
    expect(faults).toEqual([]);
  });
}

const tickFile = 'EURUSD-ticks-2014-05-08.csv.gz';
test(`imports ${tickFile}, makes bars of it and fills a backtest in it`, async ({
  page,
  server,
}) => {
  const path = join(sharedData, tickFile);
  test.skip(!existsSync(path), `${tickFile} of the shared price files is not beside the checkout`);
  const faults = watch(page);
  await page.goto(`${server.url}/prices/`);
  await importFile(page, path);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('87,833 ticks added');
  await dialog.getByRole('button', { name: 'Open the ticks' }).click();
  await expect(page.getByRole('main')).toContainText('2014-05-08 00:00:08 UTC');
  await page.getByRole('button', { name: 'Make M1 bars' }).click();
  await expect(page.getByRole('heading', { name: 'EURUSD M1' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('1,419 bars');

  await page.getByRole('link', { name: 'Backtest on it' }).click();
  await page.getByText('How orders fill').click();
  await page.getByLabel('Inside a bar the price goes').selectOption('ticks');
  await runBacktest(page);

  await page.goto(`${server.url}/prices/`);
  await importFile(page, path);
  await expect(page.getByRole('dialog')).toContainText('0 ticks added');
  expect(faults).toEqual([]);
});

test('an MT5 export is recognised and its time zone asked', async ({ page, server }) => {
  const path = written(
    'XAUUSD_M5_202401020100_202401020115.csv',
    [
      '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>',
      '2024.01.02\t01:00:00\t2063.10\t2064.55\t2062.80\t2064.00\t310\t0\t12',
      '2024.01.02\t01:05:00\t2064.00\t2065.10\t2063.70\t2064.90\t290\t0\t12',
      '2024.01.02\t01:10:00\t2064.90\t2065.30\t2064.10\t2064.20\t280\t0\t13',
      '2024.01.02\t01:15:00\t2064.20\t2064.40\t2063.00\t2063.10\t305\t0\t12',
    ].join('\r\n'),
  );
  await page.goto(`${server.url}/prices/`);
  await started(page);
  await page.locator('input[type=file]').first().setInputFiles(path);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Symbol')).toHaveValue('XAUUSD');
  await expect(dialog.getByText(/zone|Times in the file/i).first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toContainText('4 bars added');
});

test('100 MB of malformed rows end in plain words and store nothing', async ({ page, server }) => {
  const line = 'this,is,not,a,price,row,at,all,and,goes,on,and,on,and,on,for,a,while\n';
  const path = written('broken.csv', line.repeat(Math.ceil(1e8 / line.length)));
  const faults = watch(page);
  await page.goto(`${server.url}/prices/`);
  await started(page);
  await page.locator('input[type=file]').first().setInputFiles(path);
  const dialog = page.getByRole('dialog');
  const answer = dialog.getByRole('button', { name: 'Import', exact: true });
  const refused = dialog.getByText(/Not imported/);
  await expect(answer.or(refused).first()).toBeVisible({ timeout: 60_000 });
  if (await answer.isVisible()) {
    // Nothing in it looks like a time or a price, so there is nothing to import with.
    await expect(answer).toBeDisabled();
  }
  expect(await stored(page)).toEqual({ series: 0, chunks: 0 });
  await dialog
    .getByRole('button', { name: /Cancel|Close/ })
    .first()
    .click();
  await loadSampleFrom(page, server.url);
  expect(faults).toEqual([]);
});

async function loadSampleFrom(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await loadSample(page);
}

test('100 MB with a header like prices and rubbish below end in plain words', async ({
  page,
  server,
}) => {
  const row = '2020-01-01 00:00:00,1.1,nonsense,,1.1,x\n';
  const path = written('rubbish.csv', `time,open,high,low,close,volume\n${row.repeat(3_000_000)}`);
  await page.goto(`${server.url}/prices/`);
  await importFile(page, path);
  await expect(page.getByRole('dialog')).toContainText('Not imported', { timeout: 120_000 });
  expect(await stored(page)).toEqual({ series: 0, chunks: 0 });
});

test('an import that is cancelled half way stores nothing and can be done again', async ({
  page,
  server,
}) => {
  const path = written('MADEUP_M1.csv', madeBars(1_500_000));
  await page.goto(`${server.url}/prices/`);
  await importFile(page, path);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('progressbar')).toBeHidden({ timeout: 30_000 });
  expect(await stored(page)).toEqual({ series: 0, chunks: 0 });

  await page.goto(`${server.url}/prices/`);
  await importFile(page, path);
  await expect(page.getByRole('dialog')).toContainText('1,500,000 bars added', { timeout: 90_000 });
});

test('a tab closed in the middle of an import leaves nothing half written', async ({
  context,
  server,
}) => {
  const path = written('CLOSED_M1.csv', madeBars(1_500_000));
  const page = await context.newPage();
  await page.goto(`${server.url}/prices/`);
  await importFile(page, path);
  await expect(page.getByRole('dialog').getByRole('progressbar')).toBeVisible();
  await page.close();
  const next = await context.newPage();
  await next.goto(`${server.url}/prices/`);
  await started(next);
  const { series, chunks } = await stored(next);
  expect([series, chunks === 0]).toEqual([series, series === 0]);
});

test('a full device says so and keeps what was there', async ({ page, server }) => {
  await page.goto(server.url);
  await loadSample(page);
  const before = await stored(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: server.url,
    quotaSize: 6_000_000,
  });
  await page.goto(`${server.url}/prices/`);
  await importFile(page, written('FULL_M1.csv', madeBars(1_500_000)));
  await expect(page.getByRole('dialog')).toContainText(/full|space/i, { timeout: 90_000 });
  expect(await stored(page)).toEqual(before);
});

test('two tabs that import the same file at once both end right', async ({ context, server }) => {
  const path = written('TWICE_M1.csv', madeBars(200_000));
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) await tab.goto(`${server.url}/prices/`);
  await Promise.all(tabs.map((tab) => importFile(tab, path)));
  const reports = await Promise.all(
    tabs.map(async (tab) => {
      const dialog = tab.getByRole('dialog');
      await expect(dialog).toContainText('bars added', { timeout: 90_000 });
      return /([\d,]+) bars added/.exec(await dialog.innerText())?.[1];
    }),
  );
  expect(reports.sort()).toEqual(['0', '200,000']);
});

test('answers given once serve all files of the same columns', async ({ page, server }) => {
  await page.goto(server.url);
  await started(page);
  const files = ['AAA', 'BBB', 'CCC'].map((name) => written(`${name}.csv`, madeBars(30)));
  await page.locator('input[type=file]').first().setInputFiles(files);
  const all = page.getByRole('button', { name: 'Import all 3 like this' });
  await told(page, '3 files imported', () => all.click());
  await expect(page.getByRole('dialog')).toBeHidden();
  expect((await stored(page)).series).toBe(3);
});
