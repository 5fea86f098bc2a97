/** A strategy in TypeScript, from the list to its result, and again without server and network. */
import { expect, test as base } from './offing.ts';
import { startServer, type RunningServer } from './running.ts';
import { fingerprint, keptForOffline, loadSample, runBacktest, started, watch } from './trader.ts';

const test = base.extend<{ own: RunningServer }>({
  own: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
});

test('code is written, mended, run, and run again offline', async ({ page, context, own }) => {
  const faults = watch(page);
  await page.goto(own.url);
  await loadSample(page);
  await keptForOffline(page);
  await page.goto(`${own.url}/strategies/`);
  await started(page);
  await page.getByRole('button', { name: 'New strategy' }).click();
  await page.getByRole('button', { name: 'Code (TypeScript)' }).click();
  const text = page.getByRole('textbox', { name: 'Code of Untitled' });
  await expect(text).toContainText('export function next(ctx)');

  await text.press('Control+End');
  await text.pressSequentially('import x from "y";');
  await expect(page.getByLabel('Problems')).toContainText('A strategy cannot import');
  await page.keyboard.press('Control+Shift+K');
  await expect(page.getByLabel('Problems')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Reference' }).click();
  await expect(page.getByText('ctx.exit(id, units)')).toBeVisible();

  await page.getByRole('button', { name: 'Backtest' }).click();
  await runBacktest(page);
  const hash = await fingerprint(page);
  await own.kill();
  await context.setOffline(true);
  await page.goto(`${own.url}/backtest/`);
  await started(page);
  await runBacktest(page);
  expect(await fingerprint(page)).toBe(hash);
  expect(faults).toEqual([]);
});

test('code that was never opened says offline that it needs the network once', async ({
  page,
  context,
  own,
}) => {
  await page.goto(own.url);
  await started(page);
  await keptForOffline(page);
  await own.kill();
  await context.setOffline(true);
  await page.goto(`${own.url}/strategies/`);
  await started(page);
  await page.getByRole('button', { name: 'New strategy' }).click();
  await page.getByRole('button', { name: 'Code (TypeScript)' }).click();
  await expect(page.getByLabel('Problems')).toContainText('not on the device yet');
  await expect(page.getByRole('textbox', { name: 'Code of Untitled' })).toBeVisible();
});

test('a loop without an end is ended, named, and leaves the page at work', async ({
  page,
  server,
}) => {
  await page.goto(server.url);
  await loadSample(page);
  await page.goto(`${server.url}/strategies/`);
  await started(page);
  await page
    .locator('input[type=file][multiple]')
    .first()
    .setInputFiles({
      name: 'endless.ts',
      mimeType: 'text/plain',
      buffer: Buffer.from('export function next(ctx) {\n  while (ctx.bar > 100) {}\n}\n'),
    });
  await expect(page.getByRole('textbox', { name: 'Code of endless' })).toBeVisible();
  await page.getByRole('button', { name: 'Backtest' }).click();
  await started(page);
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await expect(page.getByText('The strategy took too long and was ended')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run backtest' })).toBeEnabled();
});
