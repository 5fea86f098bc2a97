/** The desk on a large screen: keys, one click and its guards, trailing stops, closing all. */
import type { Page, Route } from '@playwright/test';
import { seriousInBothSizes } from './accessibility.ts';
import { expect, test } from './offing.ts';
import { buy, confirm, openOrders, positions } from './paper-trader.ts';
import { watch } from './trader.ts';

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const row = (page: Page, name: RegExp) => positions(page).getByRole('row', { name });

test('one click is off until its terms are accepted, and its guards hold back what they should', async ({
  page,
  context,
  place,
}) => {
  await place.enter(context);
  await openOrders(page, place.server);
  await expect(page.getByRole('button', { name: 'Buy at once' })).toHaveCount(0);
  await page.getByRole('button', { name: 'How it is sent…' }).click();
  const sending = dialog(page, 'How orders are sent');
  await sending.getByLabel('Largest volume').fill('0.03');
  await sending.getByLabel('Widest spread').fill('500');
  await sending.getByRole('button', { name: 'I accept, switch it on' }).click();
  await sending.getByRole('button', { name: 'Done' }).click();

  const atOnce = page.getByRole('button', { name: 'Buy at once' });
  await page.getByLabel('Volume').fill('0.04');
  await expect(page.getByText('One click stops at 0.03 lots; this is 0.04.').first()).toBeVisible();
  await expect(atOnce).toBeDisabled();
  await page.getByLabel('Volume').press('Enter');
  await expect(page.getByText(/^No open position/)).toBeVisible();

  await page.getByLabel('Volume').fill('0.03');
  await atOnce.click();
  await expect(row(page, /EURUSD.*0\.03/)).toBeVisible();
  await page.getByRole('button', { name: 'One click is on' }).click();
  await sending.getByLabel('Widest spread').fill('1');
  await sending.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(/^One click stops at a spread of 1 points/).first()).toBeVisible();
  await expect(atOnce).toBeDisabled();

  // Accepted for this account alone, and still so after the page is loaded anew.
  await page.reload();
  await expect(atOnce).toBeVisible();
  await page.getByLabel('Account', { exact: true }).selectOption({ label: 'Practice (netting)' });
  await expect(page.getByRole('button', { name: 'How it is sent…' })).toBeVisible();
  await expect(atOnce).toHaveCount(0);
});

test('a trader finds a symbol, opens, trails and closes without a mouse', async ({
  page,
  context,
  place,
}) => {
  const faults = watch(page);
  await place.enter(context);
  await openOrders(page, place.server);
  const symbol = page.getByRole('combobox', { name: 'Symbol' });
  await expect(symbol).toBeVisible();
  await page.keyboard.press('F9');
  await expect(symbol).toBeFocused();
  await page.keyboard.type('yen');
  await expect(page.getByRole('option', { name: /USDJPY/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(symbol).toHaveValue('USDJPY');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('F9');
  await expect(symbol).toBeFocused();
  await page.keyboard.type('eurusd');
  await expect(page.getByRole('option', { name: /EURUSD/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(symbol).toHaveValue('EURUSD');
  await page.getByLabel('Volume').fill('0.02');
  await page.getByLabel('Volume').press('s');
  await expect(page.getByRole('button', { name: 'Sell 0.02 EURUSD' })).toBeVisible();
  await page.getByLabel('Volume').press('b');
  await page.getByLabel('Volume').press('Enter');
  await expect(dialog(page, 'Buy 0.02 EURUSD')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(row(page, /EURUSD.*0\.02/)).toBeVisible();

  await positions(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('t');
  const trail = dialog(page, 'Trailing stop of EURUSD');
  await expect(trail.getByLabel('Begins at a profit of')).toHaveValue('20');
  await expect(trail.getByLabel('Follows at')).toHaveValue('10');
  await trail.getByLabel('Follows at').fill('2');
  await expect(trail.getByText('At least 3')).toBeVisible();
  await expect(trail.getByRole('button', { name: 'Set' })).toBeDisabled();
  await trail.getByLabel('Follows at').fill('12');
  // The answer takes its time: what a trader opens meanwhile is not closed by it.
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const slowly = async (route: Route) => {
    const response = await route.fetch();
    await held;
    await route.fulfill({ response });
  };
  await page.route('**/trpc/orders.change', slowly, { times: 1 });
  await trail.getByRole('button', { name: 'Set' }).click();
  await expect(row(page, /trailing/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(trail).toBeHidden();
  await positions(page).focus();
  await page.keyboard.press('s');
  await expect(dialog(page, 'Stop and target of EURUSD')).toBeVisible();
  letGo();
  await expect(page.getByText('Trailing stop of EURUSD')).toBeVisible();
  await expect(dialog(page, 'Stop and target of EURUSD')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page, 'Stop and target of EURUSD')).toBeHidden();
  await positions(page).focus();
  await page.keyboard.press('t');
  await expect(trail.getByLabel('Follows at')).toHaveValue('12');
  await trail.getByRole('button', { name: 'Switch off' }).click();
  await expect(row(page, /trailing/)).toHaveCount(0);

  await positions(page).focus();
  await page.keyboard.press('Delete');
  await confirm(page, 'Close 0.02 EURUSD', 'Close position');
  await expect(page.getByText(/^No open position/)).toBeVisible();
  expect(faults).toEqual([]);
});

test('closing all says what became of each, and history and exposure tell the rest', async ({
  page,
  context,
  place,
}) => {
  test.setTimeout(300_000);
  await place.enter(context);
  await openOrders(page, place.server);
  for (const lots of ['0.01', '0.02', '0.03']) {
    await buy(page, lots);
    await expect(row(page, new RegExp(`EURUSD.*${lots}`))).toBeVisible();
  }
  await page.getByLabel('Filter positions').fill('0.02');
  await expect(positions(page).getByRole('row', { name: /EURUSD/ })).toHaveCount(1);
  await page.getByLabel('Filter positions').fill('');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Swap' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(positions(page).getByRole('columnheader', { name: 'Swap' })).toHaveCount(0);
  await page.getByRole('radio', { name: 'Pips' }).check();
  await expect(positions(page).getByRole('columnheader', { name: /Profit.*pips/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Exposure' }).click();
  const bySymbol = page.getByRole('region', { name: 'Exposure by symbol' });
  await expect(bySymbol.getByRole('row', { name: /EURUSD.*0\.06/ })).toBeVisible();
  const byCurrency = page.getByRole('region', { name: 'Exposure by currency' });
  await expect(byCurrency.getByRole('row', { name: /EUR 6,000/ })).toBeVisible();
  expect(await seriousInBothSizes(page)).toEqual([]);

  await page.getByRole('tab', { name: /^Positions/ }).click();
  await page.getByRole('button', { name: 'Close all…' }).click();
  const all = page.getByRole('dialog');
  await all.getByRole('button', { name: 'Close 3 positions' }).click();
  await expect(all.getByText('3 of 3 orders over, 3 of them done.')).toBeVisible();
  await expect(all.getByText('Filled', { exact: true })).toHaveCount(3);
  await all.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(/^No open position/)).toBeVisible();

  await page.getByRole('tab', { name: 'History' }).click();
  const trips = page.getByRole('region', { name: 'Round trips' });
  await expect(trips.getByRole('row', { name: /EURUSD/ })).toHaveCount(3);
  await page.getByRole('radio', { name: 'Deals' }).check();
  await expect(
    page.getByRole('region', { name: 'Deals' }).getByRole('row', { name: /EURUSD/ }),
  ).toHaveCount(6);
  await page.getByRole('tab', { name: 'All accounts' }).click();
  const money = page.getByRole('region', { name: 'Money by account' });
  await expect(money.getByRole('row', { name: /Practice/ })).toHaveCount(2);
  expect(await seriousInBothSizes(page)).toEqual([]);
});
