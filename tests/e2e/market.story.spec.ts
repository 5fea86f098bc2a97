/** The Market page: what is stored with its signals, then live prices until they stop coming. */
import type { Page } from '@playwright/test';
import { seriousInBoth } from './accessibility.ts';
import { status } from './device.ts';
import { expect, test } from './offing.ts';
import { openTradingPlace } from './paper-trader.ts';
import { loadSample, started, watch } from './trader.ts';

const listed = (page: Page, name = 'Watchlist') =>
  page.getByRole('region', { name: `Watchlist ${name}` });
const row = (page: Page, symbol: string) => listed(page).getByRole('row', { name: symbol });

async function add(page: Page, ...symbols: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Add symbols' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add symbols' });
  for (const symbol of symbols) {
    await dialog.getByLabel('Search symbols').fill(symbol);
    await dialog.getByLabel('Search symbols').press('Enter');
    await expect(dialog.getByRole('status')).toContainText(`${symbol} is on`);
  }
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
}

test('who has no account watches what is stored, with its last close and its signals', async ({
  page,
  server,
}) => {
  const faults = watch(page);
  await page.goto(server.url);
  await loadSample(page);
  await page.goto(`${server.url}/market/`);
  await started(page);
  await expect(page.getByRole('heading', { name: 'Nothing on Watchlist yet' })).toBeVisible();
  await add(page, 'SP500', 'XAUUSD');
  await expect(row(page, 'SP500')).toContainText('2874.56');
  await expect(row(page, 'SP500')).toContainText('▲ +2.68');
  await expect(row(page, 'SP500')).toContainText('2020-04-17');
  await expect(row(page, 'XAUUSD')).toContainText('no source');

  const signals = page.getByRole('region', { name: 'Signals', exact: true });
  await expect(signals.getByRole('row', { name: /SP500 Breakout ▲ up 21 58 %/ })).toBeVisible();
  await expect(signals.getByRole('row', { name: /SP500 Momentum ▲ up 18 60 %/ })).toBeVisible();
  await page.getByText('How strength and confidence come about').click();
  await expect(page.getByText(/^SP500: 5,\d{3} bars, .* stored here$/)).toBeVisible();
  await expect(page.getByText(/live prices are for who is signed in/)).toBeVisible();
  expect(await seriousInBoth(page)).toEqual([]);

  // By the keys of the table: XAUUSD up, and off the list.
  await listed(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Alt+ArrowUp');
  const symbols = listed(page).locator('tbody tr td:first-child');
  await expect(symbols).toHaveText(['XAUUSD', 'SP500']);
  await page.keyboard.press('Delete');
  await expect(symbols).toHaveText(['SP500']);
  await row(page, 'SP500').getByRole('link', { name: 'SP500' }).click();
  await expect(page).toHaveURL(/\/charts\//);
  expect(faults).toEqual([]);
});

test(
  'prices of a paper account come live, and are marked once they stop coming',
  { tag: '@one-size' },
  async ({ page, context }) => {
    const place = await openTradingPlace();
    try {
      await place.enter(context);
      let asked = 0;
      page.on('request', (request) => (asked += request.url().includes('market.overview') ? 1 : 0));
      await page.goto(`${place.server.url}/market/`);
      await started(page);
      await expect(status(page)).toHaveText('Synced');
      await expect(page.getByText('Prices from any account')).toBeAttached();
      await add(page, 'EURUSD', 'USDJPY');
      await expect(row(page, 'EURUSD')).toContainText('live');
      await expect(row(page, 'EURUSD')).toContainText(/[▲▼] [+−]\d+\.\d\d/);
      await expect(row(page, 'EURUSD')).toContainText('Practice');
      const bid = row(page, 'EURUSD').locator('td').nth(1);
      const first = await bid.innerText();
      await expect(bid).not.toHaveText(first);
      await expect(page.getByText('Prices of paper accounts are made up.')).toBeVisible();
      await expect(page.getByText(/^Not switched on by whoever runs this server/)).toHaveCount(4);
      expect(await seriousInBoth(page)).toEqual([]);
      // When the page appears, and anew should the one of who has just come in be loaded again.
      expect(asked).toBeLessThan(4);
      await page.getByRole('button', { name: 'More for USDJPY' }).click();
      await page.getByRole('menuitem', { name: 'Order…' }).click();
      await expect(page.getByRole('combobox', { name: 'Symbol' })).toHaveValue('USDJPY');
      await page.goBack();

      await expect(row(page, 'EURUSD')).toContainText('live');
      await place.server.kill();
      await expect(row(page, 'EURUSD')).toContainText(/Stale, \d+ s old/);
    } finally {
      await place.close();
    }
  },
);
