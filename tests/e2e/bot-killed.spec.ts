/** A bot goes on by itself after its server was killed, with every page closed. */
import type { Page } from '@playwright/test';
import postgres from 'postgres';
import { countingCode, startInput } from '../automation/bot-scene.ts';
import { testDatabase } from '../postgres.ts';
import { firstAccount } from './chart-trader.ts';
import { enrol, status } from './device.ts';
import { expect, test } from './offing.ts';
import { startServer } from './running.ts';
import { started } from './trader.ts';

/** Of the log: the list of bots says it too, without a time. */
const asked = (page: Page) =>
  page
    .getByRole('region', { name: 'Log' })
    .getByRole('listitem')
    .filter({ hasText: 'Asked to open' });

test('a strategy in code trades on paper through a server that is killed', async ({ context }) => {
  const database = await testDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  const wide = 'auth=100000/1000000,data=100000/1000000,trading=100000/1000000';
  const server = await startServer({ DATABASE_URL: database.url, OFFING_LIMITS: wide });
  try {
    const email = await enrol(context, server.url);
    await sql`
      update users set email_verified_ms = 1
      where user_id = (select user_id from email_directory where email = ${email})`;
    const { accountId } = await firstAccount(context, server);
    const usual = startInput(accountId);
    const strategy = { ...usual.strategy, language: 'code', source: countingCode };
    // An account of paper trades a moment after it was made, once its terminal was heard.
    await expect(async () => {
      const begun = await context.request.post(`${server.url}/trpc/bots.start`, {
        headers: { 'x-offing-client': 'test' },
        data: { ...usual, strategy },
      });
      expect(begun.ok(), await begun.text()).toBe(true);
    }).toPass();

    const look = async () => {
      const page = await context.newPage();
      await page.goto(`${server.url}/bots/`);
      await started(page);
      await expect(status(page)).toHaveText('Synced');
      await expect(page.getByRole('button', { name: /Turning/ })).toContainText('Running');
      await expect(asked(page)).not.toHaveCount(0);
      return page;
    };
    await (await look()).close();
    await server.kill();
    // Nobody waits here for the half minute that a dead server's hold on the terminal lasts.
    await sql`update trading_accounts set lease_until_ms = 0`;
    await server.restart();
    const back = Date.now();
    const page = await look();
    // What it did since then: the newest entry is above.
    await expect(async () => {
      const at = await asked(page).first().locator('time').getAttribute('datetime');
      expect(Date.parse(at ?? '')).toBeGreaterThan(back);
    }).toPass({ timeout: 60_000 });
    await page.screenshot({ path: test.info().outputPath('bot-after-the-kill.png') });
  } finally {
    await server.stop();
    await sql.end();
    await database.close();
  }
});
