/** From the first order on paper to a closed position, and what is said where something fails. */
import type { Page, TestInfo } from '@playwright/test';
import { seriousInBoth } from './accessibility.ts';
import { status } from './device.ts';
import { expect, test } from './offing.ts';
import { buy, closeForm, confirm, openForm, openOrders, positions, sent } from './paper-trader.ts';
import { started, watch } from './trader.ts';

/** Kept as output of the test, to be looked at. */
async function keepInBoth(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`) });
  }
}

test('a trader buys on paper, trails the stop, closes a part and then the rest', async ({
  page,
  context,
  place,
  server,
}, info) => {
  const faults = watch(page);
  const keep = (name: string) => keepInBoth(page, info, name);
  await place.enter(context);
  await openOrders(page, server);
  await expect(page.getByText('simulated', { exact: true })).toBeVisible();
  await openForm(page);
  await keep('ticket');
  await closeForm(page);
  await buy(page, '0.05');
  await expect(positions(page).getByRole('row', { name: /EURUSD.*0\.05/ })).toBeVisible();
  expect(await seriousInBoth(page)).toEqual([]);
  await keep('position');

  await positions(page).getByRole('button', { name: 'More for 0.05 EURUSD' }).click();
  await page.getByRole('menuitem', { name: 'Trailing stop…' }).click();
  const trail = page.getByRole('dialog', { name: 'Trailing stop of EURUSD' });
  await expect(trail.getByLabel('Begins at a profit of')).toHaveValue('20');
  await keep('trailing');
  await trail.getByRole('button', { name: 'Set' }).click();
  await expect(positions(page).getByRole('row', { name: /trailing/ })).toBeVisible();

  await positions(page).getByRole('button', { name: 'More for 0.05 EURUSD' }).click();
  await page.getByRole('menuitem', { name: 'Close a part…' }).click();
  const part = page.getByRole('dialog');
  await part.getByLabel('Volume').fill('0.02');
  await part.getByRole('button', { name: 'Close 0.02 lots' }).click();
  await expect(positions(page).getByRole('row', { name: /EURUSD.*0\.03/ })).toBeVisible();

  await positions(page).getByRole('button', { name: 'Close 0.03 EURUSD' }).click();
  const question = page.getByRole('dialog', { name: 'Close 0.03 EURUSD' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(positions(page).getByRole('row', { name: /EURUSD.*0\.03/ })).toBeVisible();
  await positions(page).getByRole('button', { name: 'Close 0.03 EURUSD' }).click();
  await question.getByLabel('Do not ask again').check();
  await confirm(page, 'Close 0.03 EURUSD', 'Close position');
  await expect(page.getByText(/^No open position/)).toBeVisible();
  await keep('closed');

  await page.getByRole('tab', { name: 'Sent' }).click();
  await expect(sent(page).getByText('Filled', { exact: true })).toHaveCount(3);
  await sent(page).getByRole('button', { name: 'Story of Buy 0.05 EURUSD' }).click();
  const story = page.getByRole('dialog', { name: 'Buy 0.05 EURUSD' });
  for (const step of ['Taken by the server', 'Sent to the terminal', 'Filled']) {
    await expect(story.getByRole('listitem').filter({ hasText: step }).first()).toBeVisible();
  }
  expect(faults).toEqual([]);
});

test(
  'what is refused or cannot be sent says why, and a lost answer does nothing twice',
  { tag: '@one-size' },
  async ({ page, context, place, server }) => {
    await place.enter(context);
    await openOrders(page, server);
    await buy(page, '5.00');
    await expect(page.getByRole('alert')).toContainText(/your limit is \d/);

    // The answer is lost on its way back: the same request goes again and is done once.
    let isLost = false;
    await page.route('**/trpc/orders.open', async (route) => {
      if (isLost) return route.continue();
      isLost = true;
      await route.fetch();
      await route.abort();
    });
    await page.getByLabel('Volume').fill('0.04');
    await page.getByRole('button', { name: 'Buy 0.04 EURUSD', exact: true }).click();
    await confirm(page, 'Buy 0.04 EURUSD', 'Send');
    await closeForm(page);
    await expect(positions(page).getByRole('button', { name: 'Close 0.04 EURUSD' })).toHaveCount(1);
    await page.getByRole('tab', { name: 'Sent' }).click();
    await expect(sent(page).getByRole('button', { name: 'Story of Buy 0.04 EURUSD' })).toHaveCount(
      1,
    );
    expect(isLost).toBe(true);

    await context.setOffline(true);
    await openForm(page);
    await expect(page.getByText(/^This device has no network\. Orders are not kept/)).toBeVisible();
    const send = page.getByRole('button', { name: 'Buy 0.04 EURUSD', exact: true });
    await expect(send).toBeDisabled();
    await context.setOffline(false);
    await expect(send).toBeEnabled();
  },
);

test(
  'a terminal is paired by a code that is shown once, and taken away again',
  { tag: '@one-size' },
  async ({ page, context, place, server }) => {
    const faults = watch(page);
    await place.enter(context);
    await page.goto(`${server.url}/connections/`);
    await started(page);
    await expect(status(page)).toHaveText('Synced');
    await expect(page.getByRole('button', { name: /^Practice \(netting\)/ })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Limits' })).toBeVisible();
    expect(await seriousInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pair MetaTrader' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pair MetaTrader 5' });
    await dialog.getByLabel('Name').fill('Harbour Broker');
    await dialog.getByRole('button', { name: 'Show the code' }).click();
    await expect(dialog.getByTestId('pairing-code')).toHaveText(/^[0-9a-f-]{36}\.[0-9a-f]{32}$/);
    await expect(dialog.getByText(/^Waiting for the terminal/)).toBeVisible();
    expect(await seriousInBoth(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'I have kept the code' }).click();
    const account = page.getByRole('button', { name: /^Harbour Broker/ });
    await expect(account).toContainText('Waiting for the terminal');
    await page.getByRole('button', { name: 'Actions on Harbour Broker' }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(account).toHaveCount(0);
    expect(faults).toEqual([]);
  },
);
