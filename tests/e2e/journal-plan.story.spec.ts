/** What a round trip was planned with is written at it, and one is entered by hand with little typing. */
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { serious } from './accessibility.ts';
import { report } from './made-report.ts';
import { expect, test } from './offing.ts';
import { root, startStaticHost } from './running.ts';
import { started, watch } from './trader.ts';

const rows = (page: Page) =>
  page
    .getByRole('region', { name: 'Round trips', exact: true })
    .last()
    .locator('tbody tr[data-key]');

/** A winner of 30, a scratch that lost its costs alone, a winner of the same symbol. */
async function journalWith(page: Page, profits: readonly number[]): Promise<void> {
  await started(page);
  const file = report('October.html', profits);
  await page.locator('.page input[type=file]').setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: file.name });
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await expect(rows(page)).toHaveCount(profits.length);
}

test('a planned stop takes the place of the one that stood, until it is taken away', async ({
  page,
}) => {
  const host = await startStaticHost(join(root, 'build'));
  const faults = watch(page);
  await page.goto(`${host.url}/journal/`);
  await journalWith(page, [30, -20, 0]);
  const trip = page.locator('.result');
  await rows(page).filter({ hasText: 'EURUSD' }).last().getByRole('link').first().click();
  await expect(trip).toContainText('+0.59 R');
  await expect(page.getByText('1.095 stood first and counts.')).toBeVisible();

  const stop = page.getByLabel('Planned stop');
  await stop.fill('1.101');
  await stop.press('Enter');
  await expect(page.getByText('The stop of a buy lies below its opening at 1.1.')).toBeVisible();
  await stop.fill('1.0975');
  await stop.press('Enter');
  await expect(trip).toContainText('+1.18 R');
  const target = page.getByLabel('Planned target');
  await target.fill('1.106');
  await target.press('Tab');
  await expect(page.getByText('Planned: 2.40 to win for 1 at risk.')).toBeVisible();
  expect(await serious(page)).toEqual([]);

  await page.reload();
  await expect(stop).toHaveValue('1.0975');
  await stop.fill('');
  await stop.press('Enter');
  await expect(trip).toContainText('+0.59 R');
  await expect(target).toHaveValue('1.106');

  // The scratch lost its costs, in R as well: the other one tells what a price is worth.
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await rows(page).filter({ hasText: 'EURUSD' }).first().getByRole('link').first().click();
  await expect(trip).toContainText('−0.01 R');
  expect(faults).toEqual([]);
  await host.stop();
});

test(
  'one that is entered by hand has its result worked out, and a strange one is asked about',
  { tag: '@one-size' },
  async ({ page }) => {
    const host = await startStaticHost(join(root, 'build'));
    const faults = watch(page);
    await page.goto(`${host.url}/journal/`);
    await journalWith(page, [30]);
    await page.getByRole('button', { name: 'Enter by hand' }).click();
    const dialog = page.getByRole('dialog', { name: 'Enter a round trip' });
    const field = (name: string) => dialog.getByLabel(name, { exact: true });
    await expect(field('Currency')).toHaveValue('USD');
    await field('Symbol').fill('EURUSD');
    await dialog.getByLabel('Volume').fill('0.2');
    await field('In at').fill('1.2');
    await field('Out at').fill('1.205');
    await field('Target').fill('1.21');
    await expect(field('Result before costs')).toHaveValue('100');
    await field('Costs').fill('-1');
    await expect(dialog.getByText('Below 0: paid to you.')).toBeVisible();
    await dialog.getByLabel('Add a tag').fill('By phone');
    await dialog.getByLabel('Add a tag').press('Enter');
    await field('Result before costs').fill('-100');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await expect(dialog.getByRole('alert')).toContainText('From its prices it earns');
    expect(await serious(page)).toEqual([]);
    await field('Result before costs').fill('98.5');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await expect(dialog).toBeHidden();
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).first()).toContainText('+99.50');
    await expect(rows(page).first()).toContainText('By phone');
    expect(faults).toEqual([]);
    await host.stop();
  },
);
