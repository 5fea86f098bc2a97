/** The Journal page: a broker's report becomes round trips, which are found, tagged and written about. */
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { serious, seriousInBoth } from './accessibility.ts';
import { report } from './made-report.ts';
import { expect, test } from './offing.ts';
import { root, startStaticHost } from './running.ts';
import { holdUndo, started, watch } from './trader.ts';

const list = (page: Page) => page.getByRole('region', { name: 'Round trips', exact: true }).last();
const rows = (page: Page) => list(page).locator('tbody tr[data-key]');
const figures = (page: Page) => page.getByLabel('Figures USD');

async function choose(page: Page, file: ReturnType<typeof report>) {
  await page.locator('.page input[type=file]').setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: file.name });
  await expect(dialog.getByText('MetaTrader 5 report, HTML')).toBeVisible();
  return dialog;
}

test('a report becomes round trips, each deal once, that are found, tagged and written about', async ({
  page,
}) => {
  const host = await startStaticHost(join(root, 'build'));
  const faults = watch(page);
  await page.goto(`${host.url}/journal/`);
  await started(page);
  await expect(page.getByRole('heading', { name: 'Nothing in the journal yet' })).toBeVisible();

  const first = await choose(page, report('October.html', [30, -20, 12.5]));
  await expect(first.getByText('The deals add up to the balance exactly.')).toBeVisible();
  await expect(first.getByText('7 deals', { exact: true })).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await first.getByRole('button', { name: 'Keep it' }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(figures(page)).toContainText('+21.00 USD');
  await expect(figures(page)).toContainText('67 % of 3');

  // A later report of the same account has all of the first in it.
  const second = await choose(page, report('All.html', [30, -20, 12.5, -5]));
  await expect(second.getByText('9 deals, 7 of them in the journal already')).toBeVisible();
  await second.getByRole('button', { name: 'Keep it' }).click();
  await expect(rows(page)).toHaveCount(4);
  await expect(figures(page)).toContainText('+15.50 USD');
  expect(await seriousInBoth(page)).toEqual([]);

  await page.getByRole('button', { name: 'Take All.html away' }).click();
  const undo = await holdUndo(page);
  await expect(rows(page)).toHaveCount(3);
  await undo.click();
  await expect(rows(page)).toHaveCount(4);

  // From down to no order of its own, and back.
  const closed = list(page).getByRole('columnheader', { name: /^Closed/ });
  await closed.getByRole('button').click();
  await expect(closed).not.toHaveAttribute('aria-sort');
  await closed.getByRole('button').click();
  await closed.getByRole('button').click();
  await expect(closed).toHaveAttribute('aria-sort', 'descending');

  await page.getByLabel('Outcome').selectOption('Lost');
  await page.getByLabel('Symbol', { exact: true }).selectOption('GBPUSD');
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByRole('status').filter({ hasText: '2 round trips' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('button', { name: /^2026-10-06: −20.50 USD, 1 round trip$/ }).click();
  await expect(rows(page)).toHaveCount(1);

  await rows(page).getByRole('link', { name: 'GBPUSD' }).click();
  await page.getByLabel('Add a tag').fill('Too early');
  await page.getByLabel('Add a tag').press('Enter');
  await expect(page.getByLabel('Remove the tag Too early')).toBeVisible();
  await page.getByRole('radio', { name: '2', exact: true }).check({ force: true });
  expect(await serious(page)).toEqual([]);
  await page.getByRole('link', { name: 'Notes', exact: true }).last().click();
  await expect(page).toHaveURL(/\/notes\/\?about=/);
  await page.getByRole('button', { name: 'New note' }).first().click();
  await page.getByLabel('Title').fill('Chased the breakout');
  await page.getByLabel('Title').press('Enter');
  const note = page.getByRole('article', { name: 'Note' });
  await expect(note.getByText('About the round trip')).toBeVisible();
  await note.getByRole('link', { name: /^GBPUSD, Buy 0.10, 2026-10-06/ }).click();
  // The page of notes lists it as well.
  const notesAbout = page.getByRole('list', { name: 'Notes about it' });
  await expect(notesAbout.getByRole('link', { name: 'Chased the breakout' })).toBeVisible();
  await expect(page).toHaveURL(/\/journal\/\?trip=/);

  // All of it is on this device, and found there.
  await page.reload();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page).toHaveURL(/\/journal\/\?from=2026-10-06&until=2026-10-06$/);
  await page.getByLabel('Search symbols, tags, comments and notes').fill('breakout early');
  await expect(rows(page)).toHaveCount(1);
  await rows(page).getByRole('link', { name: 'GBPUSD' }).click();
  await expect(page.getByRole('radio', { name: '2', exact: true })).toBeChecked();
  await expect(page.getByLabel('Remove the tag Too early')).toBeVisible();
  expect(faults).toEqual([]);
  await host.stop();
});
