/** A trader's days: offline from the report to the goal, and one day written on two devices at once. */
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { serious } from './accessibility.ts';
import { expect as patient, signIn, synced } from './device.ts';
import { report } from './made-report.ts';
import { expect, test } from './offing.ts';
import { root } from './running.ts';
import { buy, openOrders, positions } from './paper-trader.ts';
import { holdUndo, keptForOffline, restKeptForOffline, started, watch } from './trader.ts';

test.use({ serviceWorkers: 'allow', contextOptions: { reducedMotion: 'reduce' } });

const rows = (page: Page) =>
  page
    .getByRole('region', { name: 'Round trips', exact: true })
    .last()
    .locator('tbody tr[data-key]');
const views = (page: Page) => page.getByRole('group', { name: 'Saved views' });
const goals = (page: Page) => page.getByRole('region', { name: 'Goals', exact: true });
const review = (page: Page) => page.getByRole('textbox', { name: 'Review' });
const journal = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Journal' }).getByRole('link', { name, exact: true });

test('a day is planned, traded by a playbook, measured by a goal, merged and seen in a view, offline', async ({
  page,
  context,
  server,
}) => {
  const faults = watch(page);
  await page.goto(`${server.url}/journal/`);
  await started(page);
  await restKeptForOffline(page);
  await context.setOffline(true);

  await page
    .locator('.page input[type=file]')
    .setInputFiles(report('October.html', [30, -20, 12.5, -5], 2));
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(rows(page)).toHaveCount(4);

  await page.goto(`${server.url}/journal/day/?day=2026-10-06`);
  await page.getByRole('button', { name: 'Write the plan' }).click();
  await expect(page.getByRole('textbox', { name: 'Plan' })).toBeFocused();
  await page.keyboard.insertText('Two breakouts at most.');
  await goals(page).getByRole('button', { name: 'Set a goal' }).click();
  const goal = page.getByRole('dialog', { name: 'New goal' });
  await goal.getByLabel('What is measured').selectOption('Round trips at most');
  await goal.getByLabel('Target').fill('3');
  await goal.getByLabel('Counts from').fill('2026-10-06');
  await goal.getByRole('button', { name: 'Keep it' }).click();
  // Four were closed from Monday to Thursday.
  await expect(goals(page)).toContainText('Round trips at most 3 a week');
  await expect(goals(page)).toContainText('missed');
  expect(await serious(page)).toEqual([]);

  await journal(page, 'Playbooks').click();
  await page.getByRole('button', { name: 'New playbook' }).first().click();
  const playbook = page.getByRole('dialog', { name: 'New playbook' });
  await playbook.getByLabel('Name').fill('Breakout');
  await playbook.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('heading', { name: 'Breakout' })).toBeVisible();
  expect(await serious(page)).toEqual([]);

  await journal(page, 'Round trips').click();
  await rows(page).getByRole('link', { name: 'GBPUSD' }).first().click();
  await page.getByLabel('Add a tag').fill('Too early');
  await page.getByLabel('Add a tag').press('Enter');
  await expect(page.getByLabel('Remove the tag Too early')).toBeVisible();
  await page.getByLabel('Playbook', { exact: true }).last().selectOption('Breakout');
  await page.getByRole('link', { name: 'Notes', exact: true }).last().click();
  await page.getByRole('button', { name: 'New note' }).first().click();
  await page.getByLabel('Title').fill('Chased it');
  await page.locator('article input[type=file]').setInputFiles(join(root, 'docs/screenshot.png'));
  await expect(page.getByRole('button', { name: 'Show screenshot.png' })).toBeVisible();
  await page
    .getByRole('article')
    .getByRole('link', { name: /^(EURUSD|GBPUSD), Buy/ })
    .click();
  await expect(page.getByRole('link', { name: 'Chased it' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the list' }).click();

  // A filter becomes a view, which one press brings back.
  await page.getByLabel('Symbol', { exact: true }).selectOption('GBPUSD');
  await expect(rows(page)).toHaveCount(2);
  await views(page).getByRole('button', { name: 'Save as a view' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Cable');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  const view = views(page).getByRole('button', { name: 'Cable', exact: true });
  await expect(view).toHaveAttribute('aria-pressed', 'true');
  // Pressed again it is still that view, also of what was changed since.
  await view.click();
  await expect(rows(page)).toHaveCount(2);
  const closed = page.getByRole('columnheader', { name: /^Closed/ });
  await closed.getByRole('button').click();
  await expect(closed).not.toHaveAttribute('aria-sort');
  await views(page)
    .getByRole('button', { name: /^Cable/ })
    .click();
  await expect(closed).toHaveAttribute('aria-sort', 'descending');
  await expect(view).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(rows(page)).toHaveCount(4);
  await view.click();
  await expect(rows(page)).toHaveCount(2);

  // Both of them are one, and two again.
  await page.getByRole('button', { name: 'Choose many' }).click();
  await page.getByRole('button', { name: /^Choose all/ }).click();
  await page.getByRole('button', { name: 'Merge' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByLabel('Figures USD')).toContainText('−26.00 USD');
  const undo = await holdUndo(page);
  await rows(page).getByRole('link', { name: 'GBPUSD' }).click();
  await expect(page.getByLabel('Remove the tag Too early')).toBeVisible();
  await undo.click();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(rows(page)).toHaveCount(2);

  // One that was closed in two parts is two, and one again.
  await rows(page).getByRole('link', { name: 'GBPUSD' }).first().click();
  await page.getByText('3 deals, merge and split').click();
  await page.getByRole('button', { name: /^Split before Exit/ }).click();
  await expect(page.getByRole('heading', { name: /^GBPUSD · Buy 0.05/ })).toBeVisible();
  // Of the entry, which both share, its own half.
  await expect(page.getByText(/^0\.05 \S* ?@ /)).toHaveCount(2);
  await page.getByRole('button', { name: 'Put together again' }).click();
  await expect(page.getByRole('heading', { name: /^GBPUSD · Buy 0.10/ })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the list' }).click();

  // The page of reports follows the view.
  await journal(page, 'Reports').click();
  await expect(views(page).getByRole('button', { name: 'Cable', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByText('Expectancy', { exact: true }).first()).toBeVisible();
  expect(await serious(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('what two devices wrote of one day without a network comes together @one-size', async ({
  page,
  context,
  browser,
  place,
}) => {
  const { url } = place.server;
  const email = await place.enter(context);
  // What is bought on paper is in the journal by itself.
  await openOrders(page, place.server);
  await buy(page, '0.05');
  await expect(positions(page).getByRole('row', { name: /EURUSD.*0\.05/ })).toBeVisible();
  await page.goto(`${url}/journal/`);
  await expect(page.getByRole('region', { name: 'Connected accounts' })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  expect(await serious(page)).toEqual([]);

  const day = `${url}/journal/day/?day=2026-10-06`;
  await page.goto(day);
  await synced(page);
  const elsewhere = await browser.newContext();
  await signIn(elsewhere, url, email);
  const other = await elsewhere.newPage();
  await other.goto(day);
  await synced(other);
  for (const each of [page, other]) await keptForOffline(each);

  const written = [
    [page, 'Kept to the plan.', '4'],
    [other, 'Left the second one too late.', null],
  ] as const;
  for (const [each, text, mood] of written) {
    await each.context().setOffline(true);
    await each.getByRole('button', { name: 'Write the review' }).click();
    await expect(review(each)).toBeFocused();
    await each.keyboard.insertText(text);
    await expect(review(each)).toContainText(text);
    if (mood) await each.getByRole('radio', { name: mood, exact: true }).check({ force: true });
    else await each.getByLabel('Goals of the day').fill('One at most');
  }
  await other.getByLabel('Goals of the day').press('Tab');
  for (const [each] of written) {
    await each.context().setOffline(false);
    await synced(each);
  }
  for (const [each] of written) {
    for (const [, text] of written) await patient(review(each)).toContainText(text);
    await patient(each.getByLabel('Goals of the day')).toHaveValue('One at most');
    await patient(each.getByRole('radio', { name: '4', exact: true })).toBeChecked();
  }
  await elsewhere.close();
});
