/** The page of reports: how round trips went while they were open, in percent, and with hidden amounts. */
import type { Page } from '@playwright/test';
import { seriousInBoth } from './accessibility.ts';
import { report } from './made-report.ts';
import { expect, test } from './offing.ts';
import { started, watch } from './trader.ts';

const rows = (page: Page) =>
  page
    .getByRole('region', { name: 'Round trips', exact: true })
    .last()
    .locator('tbody tr[data-key]');
const panel = (page: Page) => page.getByRole('region', { name: 'While they were open' });

/** Minutes of a week in which EURUSD swings 40 pips around 1.1 each hour. */
function minutes(): Buffer {
  const lines = ['time,open,high,low,close,volume'];
  for (let i = 0; i < 7 * 1440; i++) {
    const time = new Date(Date.UTC(2026, 9, 4) + i * 60_000).toISOString();
    const price = (1.1 + 0.004 * Math.sin((i / 60) * 2 * Math.PI)).toFixed(5);
    lines.push(`${time},${price},${price},${price},${price},1`);
  }
  return Buffer.from(lines.join('\n'));
}
const prices = { name: 'EURUSD-M1.csv', mimeType: 'text/csv', buffer: minutes() };

test('reports measure round trips by the bars here, count percent of the deposit, and hide amounts', async ({
  page,
  server,
}) => {
  const faults = watch(page);
  await page.goto(`${server.url}/prices/`);
  await started(page);
  await page.locator('input[type=file]').first().setInputFiles(prices);
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('10,080 bars added');

  await page.goto(`${server.url}/journal/`);
  await started(page);
  await page
    .locator('.page input[type=file]')
    .setInputFiles(report('October.html', [30, -20, 12.5, -5, -8]));
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(rows(page)).toHaveCount(5);

  // The list shows it too, for who asks; of GBPUSD there are no prices.
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'MAE' }).check();
  await page.keyboard.press('Escape');
  const against = (symbol: string) =>
    rows(page).filter({ hasText: symbol }).first().getByRole('cell').last();
  await expect(against('EURUSD')).toHaveText('−40.00');
  await expect(against('GBPUSD')).toHaveText('–');

  await page
    .getByRole('navigation', { name: 'Journal' })
    .getByRole('link', { name: 'Reports' })
    .click();
  await page.getByRole('radio', { name: 'R', exact: true }).first().check({ force: true });
  await panel(page).getByRole('button', { name: 'Measure them' }).click();
  // Of GBPUSD there are no prices.
  await expect(panel(page)).toContainText(
    'No prices on this device reach over them, and left out: 2 round trips.',
  );
  const line = (name: string) => panel(page).getByRole('row', { name });
  await expect(line('Round trips')).toHaveText(/^Round trips\s*3\s*2\s*1$/);
  // The stop was 50 pips away, and the swing went 40 against each.
  await expect(line('MAE, mean')).toContainText('0.80 R');
  await expect(panel(page)).toContainText(
    'A stop at 75 % of the way would have closed 2 of 2 winners',
  );
  expect(await seriousInBoth(page)).toEqual([]);

  // By keys from the least MAE on: one is told, and opened.
  const dots = panel(page).getByRole('button', { name: /^Arrow keys/ });
  await dots.focus();
  await page.keyboard.press('ArrowRight');
  await expect(
    panel(page)
      .getByText(/^EURUSD Buy, closed 2026-10-0\d .*: MAE/)
      .first(),
  ).toBeVisible();
  await panel(page).getByRole('button', { name: 'MAE and result as a table' }).click();
  await expect(panel(page).getByRole('table').last().locator('tbody tr')).toHaveCount(3);
  await panel(page).getByRole('button', { name: 'MAE and result as a table' }).click();
  await panel(page)
    .getByRole('button', { name: /^Arrow keys|^EURUSD/ })
    .focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /^EURUSD · Buy/ })).toBeVisible();

  await page.goto(`${server.url}/journal/reports/`);
  await page.getByRole('radio', { name: '% of the account' }).check({ force: true });
  await expect(page.getByText('Percent of 1,000.00 USD, paid into the account')).toBeVisible();
  // Three of a symbol are too few for bounds.
  const groups = page.getByRole('region', { name: 'In groups' });
  if ((page.viewportSize()?.width ?? 0) > 720) {
    await expect(groups.getByRole('row', { name: /EURUSD/ })).toContainText('too few');
  }
  await page.getByRole('button', { name: 'Hide amounts' }).click();
  await expect(page.getByText('Percent of •••, paid into the account')).toBeVisible();
  await page.getByRole('button', { name: 'Show amounts' }).click();
  await expect(page.getByText('Percent of 1,000.00 USD')).toBeVisible();
  expect(faults).toEqual([]);
});
