/** What leaves the journal, and what comes into it from elsewhere: replay, paper, pictures, news. */
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeDeal } from '../../core/journal/made-deals.ts';
import { pdfText } from '../pdf-text.ts';
import type { MadeAccount, MadePosition } from '../statements/made-account.ts';
import { bytesOf, mt5Html } from '../statements/mt5-html.ts';
import { serious } from './accessibility.ts';
import { expect, test } from './offing.ts';
import { root, startStaticHost } from './running.ts';
import { started, watch } from './trader.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Both within the same days: bars from midnight, the round trip from ten to eleven. */
const midnight = Date.UTC(2026, 9, 5);
const openedMs = midnight + 10 * hour;

/** A price that rises by a point every five minutes from 1.1 at the opening. */
const priceAt = (ms: number) => 1.1 + (ms - openedMs) / (5 * minute) / 10_000;

function bars(): Buffer {
  const lines = ['time,open,high,low,close'];
  for (let ms = midnight; ms < midnight + 30 * hour; ms += 5 * minute) {
    const [open, close] = [priceAt(ms), priceAt(ms + 5 * minute)];
    const prices = [open, close + 0.0001, open - 0.0001, close].map((price) => price.toFixed(5));
    lines.push([new Date(ms).toISOString().slice(0, 19).replace('T', ' '), ...prices].join(','));
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

function statement(): Buffer {
  const shared = { position: '10', symbol: 'EURUSD' };
  const closedMs = openedMs + hour;
  const [price, closePrice] = [1.1, 1.1012];
  const deals = [
    madeDeal({
      ...{ deal: '1', order: '', kind: 'balance', entry: null, symbol: '', volumeLots: 0 },
      ...{ price: 0, profit: 1_000, atMs: midnight - 24 * hour, comment: 'Deposit' },
    }),
    madeDeal({ ...shared, deal: '10', atMs: openedMs, price, volumeLots: 0.1, sl: 1.099 }),
    madeDeal({
      ...{ ...shared, deal: '11', kind: 'sell', entry: 'out', atMs: closedMs },
      ...{ price: closePrice, profit: 12, volumeLots: 0.1 },
    }),
  ];
  const position: MadePosition = {
    ...{ ...shared, side: 'buy' as const, sl: 1.099, tp: null, volume: 10, price },
    ...{ openedMs, closedMs, closePrice, swap: 0, profit: 12, left: 0, isClosed: true },
  };
  const account: MadeAccount = {
    ...{ login: '4711', currency: 'USD', server: 'Demo', mode: 'hedging', startBalance: 0 },
    ...{ deals, positions: [position] },
  };
  return Buffer.from(bytesOf(mt5Html(account)));
}

/** As the service worker takes it; where a run has none, as it would have kept it. */
async function share(page: Page, picture: Buffer): Promise<void> {
  const hasWorker = test.info().project.use.serviceWorkers !== 'block';
  await page.evaluate(
    async ({ bytes, throughWorker }) => {
      const file = new File([Uint8Array.from(bytes)], 'phone.png', { type: 'image/png' });
      if (throughWorker) {
        await navigator.serviceWorker.ready;
        const form = new FormData();
        form.append('files', file);
        await fetch('/share/', { method: 'POST', body: form });
        return;
      }
      const cache = await caches.open('offing-shared-pictures');
      await cache.put('/share/a', new Response(file, { headers: { 'x-file-name': file.name } }));
    },
    { bytes: [...picture], throughWorker: hasWorker },
  );
}

test('a round trip is replayed, put on paper and on a picture, and gets one from the phone', async ({
  page,
}) => {
  const host = await startStaticHost(join(root, 'build'));
  const faults = watch(page);
  await page.goto(`${host.url}/prices/`);
  await started(page);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      ...{ name: 'EURUSD_M5.csv', mimeType: 'text/csv', buffer: bars() },
    });
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('360 bars added');
  await page.goto(`${host.url}/journal/`);
  await started(page);
  await page.locator('.page input[type=file]').setInputFiles({
    ...{ name: 'October.html', mimeType: 'text/html', buffer: statement() },
  });
  const kept = page.getByRole('dialog', { name: 'October.html' });
  await kept.getByLabel('Times in the file are in').selectOption('UTC');
  await kept.getByRole('button', { name: 'Keep it' }).click();
  await page.locator('tbody tr[data-key]').getByRole('link', { name: 'EURUSD' }).click();

  // Bar by bar: nothing before its opening, then a result that grows, then what it came to.
  const chart = page.getByRole('figure', { name: 'Chart of the round trip' });
  await chart.getByRole('button', { name: 'Replay', exact: true }).click();
  const standing = chart.getByRole('status');
  await expect(standing).toContainText('not opened yet');
  await chart.getByLabel('Speed').selectOption('10 bars a second');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(standing).toContainText(/ R\s+open$/);
  await page.keyboard.press('Shift+ArrowDown');
  await expect(chart.getByRole('button', { name: /^Play/ })).toBeVisible();
  const money = async () => Number(/([+\d.]+) USD/.exec(await standing.innerText())?.[1]);
  // The last bar of the play may still be on its way.
  const atRest = async () => {
    const before = await money();
    await page.waitForTimeout(200);
    expect(await money()).toBe(before);
    return before;
  };
  let stood = NaN;
  await expect(async () => void (stood = await atRest())).toPass();
  for (const more of [1, 2]) {
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(money).toBeCloseTo(stood + more, 9);
  }
  await chart.getByRole('button', { name: 'To the end' }).click();
  await expect(standing).toContainText('+12.00 USD');
  await expect(standing).toContainText('closed, the end');
  expect(await serious(page)).toEqual([]);
  await chart.getByRole('button', { name: 'Bring it into the notes' }).click();
  await expect(page.getByText('The chart is in a new note')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Notes about it' })).toContainText('EURUSD M5');

  await page.getByRole('button', { name: 'As a picture' }).click();
  const dialog = page.getByRole('dialog', { name: 'As a picture' });
  await expect(dialog.getByRole('img')).toHaveAccessibleName(/^EURUSD · Buy, .*\+1\.20 R/);
  expect(await serious(page)).toEqual([]);
  // A browser without memory for it says so, and the next press works.
  await page.evaluate(() => {
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (take) {
      HTMLCanvasElement.prototype.toBlob = toBlob;
      take(null);
    };
  });
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('The file could not be made');
  const [card] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  const picture = readFileSync(await card.path());
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);

  // The day of it, in the same dress.
  await page.goto(`${host.url}/journal/day/?day=2026-10-05`);
  await started(page);
  await page.getByRole('button', { name: 'As a picture' }).click();
  const ofDay = page.getByRole('dialog', { name: 'As a picture' });
  await expect(ofDay.getByRole('img')).toHaveAccessibleName(
    /^Monday, October 5, 2026, EURUSD, \+1\.20 R, Round trips 1/,
  );
  await ofDay.getByRole('radio', { name: 'Money' }).check({ force: true });
  await expect(ofDay.getByRole('img')).toHaveAccessibleName(/\+12\.00 USD/);
  expect(await serious(page)).toEqual([]);
  const [dayCard] = await Promise.all([
    page.waitForEvent('download'),
    ofDay.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  expect(dayCard.suggestedFilename()).toBe('offing-2026-10-05.png');

  await page.goto(`${host.url}/journal/reports/`);
  await started(page);
  const calendar =
    'Date,Time,Currency,Impact,Event\n2026-10-05,10:10,USD,High,Payrolls\n2026-10-05,,JPY,?,x\n';
  await page.locator('.page input[type=file]').setInputFiles({
    ...{ name: 'news.csv', mimeType: 'text/csv', buffer: Buffer.from(calendar) },
  });
  const asked = page.getByRole('dialog', { name: 'news.csv' });
  await asked.getByLabel('Times in the file are in').selectOption('UTC');
  await expect(asked.getByText('1 line left out')).toBeVisible();
  await asked.getByRole('button', { name: 'Keep it' }).click();
  await page.getByLabel('Group by').first().selectOption('Near news');
  await expect(page.getByText('Opened near news').first()).toBeVisible();

  await page.getByRole('button', { name: 'PDF report' }).click();
  await page.getByLabel('Your name').fill('Ада');
  await page.evaluate(() => {
    const { CompressionStream: own } = globalThis;
    globalThis.CompressionStream = function () {
      globalThis.CompressionStream = own;
      throw new RangeError('Array buffer allocation failed');
    } as unknown as typeof CompressionStream;
  });
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
    'The file could not be made',
  );
  const [paper] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  const words = pdfText(readFileSync(await paper.path())).flat();
  expect(words).toEqual(
    expect.arrayContaining([
      'Trading report',
      'Ада',
      '4711@Demo',
      '+12.00 USD',
      '+1.20 R',
      '2026-10',
    ]),
  );
  expect(words.at(-1)).toMatch(/^Page \d of \d · Ада/);

  // Shared, it waits where every page of the journal says so.
  await share(page, picture);
  await page.goto(`${host.url}/journal/`);
  await started(page);
  await expect(page.getByText('1 picture shared from the phone')).toBeVisible();
  await page.getByRole('link', { name: 'Say where they belong' }).click();
  await expect(page).toHaveURL(/\/journal\/shared\/$/);
  await expect(page.getByRole('img', { name: 'phone.png' })).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await page.getByRole('button', { name: 'Keep them' }).click();
  await expect(page).toHaveURL(/\/notes\/\?note=/);
  await expect(page.getByRole('button', { name: 'Show phone.png' })).toBeVisible();
  await page.goto(`${host.url}/journal/`);
  await started(page);
  await expect(page.getByText('shared from the phone')).toHaveCount(0);
  await page.goto(`${host.url}/journal/shared/`);
  await expect(page.getByRole('heading', { name: 'No pictures here' })).toBeVisible();
  expect(faults).toEqual([]);
  await host.stop();
});
