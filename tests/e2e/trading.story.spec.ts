/** From the first order on paper to a closed position, and what is said where something fails. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openMailbox, type Mailbox } from '../accounts/mailbox.ts';
import { seriousInBoth } from './accessibility.ts';
import { status } from './device.ts';
import { password } from './person.ts';
import { startServer, type RunningServer } from './running.ts';
import { started, watch } from './trader.ts';

let mailbox: Mailbox;
let server: RunningServer;

test.beforeAll(async () => {
  mailbox = await openMailbox();
  server = await startServer({
    OFFING_MAIL: 'smtp',
    OFFING_MAIL_FROM: 'Offing <offing@offing.example>',
    OFFING_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
    OFFING_LIMITS: 'auth=100000/1000000,data=100000/1000000,trading=100000/1000000',
  });
});
test.afterAll(async () => {
  await server.stop();
  await mailbox.close();
});

/** A trader whose address is confirmed, signed in here. */
async function enter(context: BrowserContext): Promise<void> {
  const email = `trader.${Date.now()}.${Math.random().toString(36).slice(2)}@offing.example`;
  const post = async (procedure: string, data: object) => {
    const headers = { 'x-offing-client': 'test' };
    const answer = await context.request.post(`${server.url}/trpc/${procedure}`, { headers, data });
    expect(answer.ok(), `${procedure} answers ${answer.status()}`).toBe(true);
  };
  await post('auth.signUp', { email, password });
  await post('auth.verifyEmail', { token: await mailbox.token(email, /confirm/i), password });
  await post('auth.signIn', { email, password });
}

/** The order form, which a phone opens as a sheet. */
async function openForm(page: Page): Promise<void> {
  const opener = page.getByRole('button', { name: 'New order' });
  const send = page.getByRole('button', { name: /^(Buy|Sell) .*EURUSD/ });
  await expect(opener.or(send)).toBeVisible();
  if (await opener.isVisible()) await opener.click();
  await expect(send).toBeVisible();
}
async function closeForm(page: Page): Promise<void> {
  const closer = page.getByRole('dialog', { name: 'Order' }).getByRole('button', { name: 'Close' });
  // Once its order is sent it goes by itself, perhaps in this moment.
  await expect(async () => {
    if (await closer.isVisible()) await closer.click({ timeout: 2_000 });
    await expect(closer).toBeHidden({ timeout: 2_000 });
  }).toPass();
}
async function openOrders(page: Page): Promise<void> {
  await page.goto(`${server.url}/orders/`);
  await started(page);
  // Who is here for the first time gets a database of their own, for which the page loads anew.
  await expect(status(page)).toHaveText('Synced');
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
}
async function buy(page: Page, lots: string): Promise<void> {
  await openForm(page);
  await page.getByLabel('Volume').fill(lots);
  await page.getByRole('button', { name: `Buy ${lots} EURUSD` }).click();
}
const positions = (page: Page) => page.getByRole('region', { name: 'Open positions' });
const sent = (page: Page) => page.getByRole('region', { name: 'Everything sent' });

test('a trader buys on paper, closes a part and then the rest', async ({ page, context }) => {
  const faults = watch(page);
  await enter(context);
  await openOrders(page);
  await expect(page.getByText('simulated', { exact: true })).toBeVisible();
  await buy(page, '0.05');
  await expect(positions(page).getByRole('row', { name: /EURUSD.*0\.05/ })).toBeVisible();
  expect(await seriousInBoth(page)).toEqual([]);

  await positions(page).getByRole('button', { name: 'More for 0.05 EURUSD' }).click();
  await page.getByRole('menuitem', { name: 'Close a part…' }).click();
  const part = page.getByRole('dialog');
  await part.getByLabel('Volume').fill('0.02');
  await part.getByRole('button', { name: 'Close 0.02 lots' }).click();
  await expect(positions(page).getByRole('row', { name: /EURUSD.*0\.03/ })).toBeVisible();

  await positions(page).getByRole('button', { name: 'Close 0.03 EURUSD' }).click();
  await expect(page.getByText(/^No open position/)).toBeVisible();

  await page.getByRole('tab', { name: 'Sent' }).click();
  await expect(sent(page).getByText('Filled', { exact: true })).toHaveCount(3);
  await sent(page).getByRole('button', { name: 'Story of Buy 0.05 EURUSD' }).click();
  const story = page.getByRole('dialog', { name: 'Buy 0.05 EURUSD' });
  for (const step of ['Taken by the server', 'Sent to the terminal', 'Filled']) {
    await expect(story.getByRole('listitem').filter({ hasText: step }).first()).toBeVisible();
  }
  expect(faults).toEqual([]);
});

test('what is refused or cannot be sent says why, and a lost answer does nothing twice', async ({
  page,
  context,
}) => {
  await enter(context);
  await openOrders(page);
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
  await closeForm(page);
  await expect(positions(page).getByRole('button', { name: 'Close 0.04 EURUSD' })).toHaveCount(1);
  await page.getByRole('tab', { name: 'Sent' }).click();
  await expect(sent(page).getByRole('button', { name: 'Story of Buy 0.04 EURUSD' })).toHaveCount(1);
  expect(isLost).toBe(true);

  await context.setOffline(true);
  await openForm(page);
  await expect(page.getByText(/^This device has no network\. Orders are not kept/)).toBeVisible();
  const send = page.getByRole('button', { name: 'Buy 0.04 EURUSD', exact: true });
  await expect(send).toBeDisabled();
  await context.setOffline(false);
  await expect(send).toBeEnabled();
});

test('a terminal is paired by a code that is shown once, and taken away again', async ({
  page,
  context,
}) => {
  const faults = watch(page);
  await enter(context);
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
});
