/** A trader with paper accounts, and what they do on the page of orders. */
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { openMailbox, type Mailbox } from '../accounts/mailbox.ts';
import { status } from './device.ts';
import { password } from './person.ts';
import { startServer, type RunningServer } from './running.ts';
import { started } from './trader.ts';

export interface TradingPlace {
  readonly server: RunningServer;
  /** What the server sends by mail. */
  readonly mailbox: Mailbox;
  /** A new trader whose address is confirmed, signed in here; answers the address. */
  enter(context: BrowserContext): Promise<string>;
  close(): Promise<void>;
}

export async function openTradingPlace(): Promise<TradingPlace> {
  const mailbox: Mailbox = await openMailbox();
  const server = await startServer({
    OFFING_MAIL: 'smtp',
    OFFING_MAIL_FROM: 'Offing <offing@offing.example>',
    OFFING_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
    OFFING_LIMITS: 'auth=100000/1000000,data=100000/1000000,trading=100000/1000000',
  });
  return {
    server,
    mailbox,
    async enter(context) {
      const email = `trader.${Date.now()}.${Math.random().toString(36).slice(2)}@offing.example`;
      const post = async (procedure: string, data: object) => {
        const headers = { 'x-offing-client': 'test' };
        const url = `${server.url}/trpc/${procedure}`;
        const answer = await context.request.post(url, { headers, data });
        expect(answer.ok(), `${procedure} answers ${answer.status()}`).toBe(true);
      };
      await post('auth.signUp', { email, password });
      await post('auth.verifyEmail', { token: await mailbox.token(email, /confirm/i), password });
      await post('auth.signIn', { email, password });
      return email;
    },
    async close() {
      await server.stop();
      await mailbox.close();
    },
  };
}

export async function openOrders(page: Page, { url }: RunningServer): Promise<void> {
  await page.goto(`${url}/orders/`);
  await started(page);
  // Who is here for the first time gets a database of their own, for which the page loads anew.
  await expect(status(page)).toHaveText('Synced');
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
}

/** The order form, which a phone opens as a sheet. */
export async function openForm(page: Page): Promise<void> {
  const opener = page.getByRole('button', { name: 'New order' });
  const send = page.getByRole('button', { name: /^(Buy|Sell) .*EURUSD/ });
  await expect(opener.or(send)).toBeVisible();
  if (await opener.isVisible()) await opener.click();
  await expect(send).toBeVisible();
}

export async function closeForm(page: Page): Promise<void> {
  const closer = page.getByRole('dialog', { name: 'Order' }).getByRole('button', { name: 'Close' });
  // Once its order is sent it goes by itself, perhaps in this moment.
  await expect(async () => {
    if (await closer.isVisible()) await closer.click({ timeout: 2_000 });
    await expect(closer).toBeHidden({ timeout: 2_000 });
  }).toPass();
}

/** Answers the question that comes before an order goes. */
export async function confirm(page: Page, title: string | RegExp, action: string): Promise<void> {
  const question = page.getByRole('dialog', { name: title });
  await question.getByRole('button', { name: action, exact: true }).click();
  await expect(question).toBeHidden();
  // A notice that comes where the pointer rests stays as long as it does.
  await page.mouse.move(0, 0);
}

export async function buy(page: Page, lots: string): Promise<void> {
  await openForm(page);
  await page.getByLabel('Volume').fill(lots);
  await page.getByRole('button', { name: `Buy ${lots} EURUSD` }).click();
  await confirm(page, `Buy ${lots} EURUSD`, 'Send');
}

export const positions = (page: Page): Locator =>
  page.getByRole('region', { name: 'Open positions' });
export const sent = (page: Page): Locator => page.getByRole('region', { name: 'Everything sent' });
