/** Finding one's way in the journal: from the list to a round trip and back, filters, columns, notes. */
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { serious } from './accessibility.ts';
import { report } from './made-report.ts';
import { expect, test } from './offing.ts';
import { root, startStaticHost } from './running.ts';
import { started, watch } from './trader.ts';

const list = (page: Page) => page.getByRole('region', { name: 'Round trips', exact: true }).last();
const rows = (page: Page) => list(page).locator('tbody tr[data-key]');
const close = (page: Page) => page.getByRole('button', { name: 'Back to the list' });
const chosen = (page: Page) => new URL(page.url()).searchParams.get('trip');

async function journalOf(page: Page, profits: readonly number[], from = '/journal/') {
  const host = await startStaticHost(join(root, 'build'));
  await page.goto(`${host.url}${from}`);
  await started(page);
  if (from !== '/journal/') await page.goto(`${host.url}/journal/`);
  await page.locator('.page input[type=file]').setInputFiles(report('October.html', profits));
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(rows(page)).toHaveCount(profits.length);
  return host;
}

test('Back and Escape close a round trip, keys go from one to the next in the order of the list', async ({
  page,
}) => {
  const faults = watch(page);
  const host = await journalOf(page, [30, -20, 12.5, -5], '/settings/');
  await rows(page).nth(1).click();
  await expect(close(page)).toBeVisible();
  const second = chosen(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/journal\/$/);
  await expect(rows(page)).toHaveCount(4);

  await rows(page).nth(1).getByRole('link').click();
  await expect.poll(() => chosen(page)).toBe(second);
  if ((page.viewportSize()?.width ?? 0) > 719) {
    await page.keyboard.press('j');
    await expect.poll(() => chosen(page)).not.toBe(second);
    await page.keyboard.press('k');
    await expect.poll(() => chosen(page)).toBe(second);
  }
  await page.getByRole('button', { name: 'Next round trip' }).click();
  await expect.poll(() => chosen(page)).not.toBe(second);
  await page.getByRole('button', { name: 'Next round trip' }).click();
  await expect(page.getByRole('button', { name: 'Next round trip' })).toBeDisabled();
  // Those on the way are no steps of their own.
  await page.goBack();
  await expect(page).toHaveURL(/\/journal\/$/);

  await rows(page).first().click();
  await expect(close(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(close(page)).toBeHidden();
  await expect(rows(page)).toHaveCount(4);
  await page.goBack();
  await expect(page).toHaveURL(/\/settings\/$/);
  expect(faults).toEqual([]);
  await host.stop();
});

test('next goes on where the rows that were loaded end @one-size', async ({ page }) => {
  const host = await startStaticHost(join(root, 'build'));
  await page.goto(`${host.url}/journal/`);
  await started(page);
  const many = Array.from({ length: 203 }, (_, n) => n + 1);
  await page.locator('.page input[type=file]').setInputFiles(report('Many.html', many));
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByText('203 round trips')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show more' })).toBeVisible();
  // The newest brought most, half a dollar less than its number: the last of the first 200 is 4.
  await list(page).evaluate((box) => (box.scrollTop = box.scrollHeight));
  await rows(page).last().click();
  for (const left of [3, 2, 1]) {
    await page.getByRole('button', { name: 'Next round trip' }).click();
    await expect(page.getByText(`+${left - 1}.50 USD`).first()).toBeVisible();
  }
  await expect(page.getByRole('button', { name: 'Next round trip' })).toBeDisabled();
  await host.stop();
});

test('a filter stands in the address: reload and a link bring the same list @one-size', async ({
  page,
}) => {
  const faults = watch(page);
  const host = await journalOf(page, [30, -20, 12.5, -5]);
  await page.getByLabel('Outcome').selectOption('Won');
  await page.getByRole('button', { name: 'More filters' }).click();
  const more = page.getByRole('group', { name: 'More filters' });
  await more.getByLabel('Result from').fill('20');
  await more.getByLabel('Note').selectOption('Without a note');
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/\?outcome=won&result=20\.\.&note=no$/);
  expect(await serious(page)).toEqual([]);
  await page.getByRole('button', { name: 'Fewer filters' }).click();

  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await rows(page).first().click();
  await page.reload();
  await expect(close(page)).toBeVisible();
  await close(page).click();
  await expect(page).toHaveURL(/\/journal\/\?outcome=won&result=20\.\.&note=no$/);

  await page
    .getByRole('navigation', { name: 'Journal' })
    .getByRole('link', { name: 'Reports' })
    .click();
  await expect(page).toHaveURL(/\/reports\/\?outcome=won&result=20\.\.&note=no$/);
  await page.getByRole('button', { name: 'Take away Result from 20' }).click();
  await expect(page).toHaveURL(/\/reports\/\?outcome=won&note=no$/);
  await page.goto(`${host.url}/journal/?outcome=lost`);
  await expect(rows(page)).toHaveCount(2);
  expect(faults).toEqual([]);
  await host.stop();
});

test('columns that are asked for are there, and a long tag leaves the others in sight @one-size', async ({
  page,
}) => {
  const faults = watch(page);
  const host = await journalOf(page, [30, -20]);
  await expect(list(page).getByRole('columnheader', { name: 'Costs' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Costs' }).check();
  await page.keyboard.press('Escape');
  await expect(list(page).getByRole('columnheader', { name: 'Costs' })).toHaveCount(1);

  const tag = 'A'.repeat(40);
  await rows(page).first().click();
  await page.getByLabel('Add a tag').fill(tag);
  await page.getByLabel('Add a tag').press('Enter');
  await close(page).click();
  const cell = rows(page).getByRole('cell', { name: tag });
  await expect(cell).toHaveAttribute('title', tag);
  expect((await cell.boundingBox())?.width).toBeLessThan(260);
  await page.reload();
  await expect(list(page).getByRole('columnheader', { name: 'Costs' })).toHaveCount(1);
  expect(faults).toEqual([]);
  await host.stop();
});

test('the notes of a round trip say which it is by its symbol, side and time @one-size', async ({
  page,
}) => {
  const host = await journalOf(page, [30]);
  await rows(page).first().click();
  await page.getByRole('link', { name: 'Notes', exact: true }).last().click();
  const way = page.getByRole('link', {
    name: /^[A-Z]{6}, (Buy|Sell) [\d.]+, 2026-10-\d\d \d\d:\d\d$/,
  });
  await expect(page.getByText('Nothing is written about it yet')).toBeVisible();
  await way.click();
  await expect(close(page)).toBeVisible();
  await host.stop();
});
