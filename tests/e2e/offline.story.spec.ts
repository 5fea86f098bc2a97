/** The server is killed and the network is off: everything goes on. */
import { expect, test as base } from './offing.ts';
import { startServer, type RunningServer } from './running.ts';
import {
  fingerprint,
  keptForOffline,
  loadSample,
  restKeptForOffline,
  runBacktest,
  started,
  watch,
} from './trader.ts';

base.use({ serviceWorkers: 'allow' });

const test = base.extend<{ own: RunningServer }>({
  own: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
});

test(
  'with the server killed and the network off, reload, deep link and a new run all work',
  { tag: '@one-size' },
  async ({ page, context, own }) => {
    await page.goto(own.url);
    await loadSample(page);
    await page.goto(`${own.url}/backtest/`);
    const first = await runBacktest(page);
    const hash = await fingerprint(page);
    await restKeptForOffline(page);

    await own.kill();
    await context.setOffline(true);
    const faults = watch(page);
    await page.reload();
    await expect(page.getByRole('tab', { name: /Equity/ })).toBeVisible();

    const other = await context.newPage();
    await other.goto(first);
    expect(await fingerprint(other)).toBe(hash);
    await other.close();

    await page.goto(`${own.url}/backtest/`);
    await started(page);
    await page.getByLabel('fast').fill('12');
    await runBacktest(page);
    expect(await fingerprint(page)).not.toBe(hash);

    // Of these only two were ever opened.
    const pages = ['/', '/prices/', '/prices/?series=SP500.D1', '/strategies/', '/settings/'];
    for (const path of [...pages, '/charts/', '/notes/', '/optimise/']) {
      await page.goto(own.url + path);
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    }
    await page.goto(`${own.url}/no/such/page`);
    await expect(page.getByRole('main')).toContainText(/not|no page/i);
    expect(faults).toEqual([]);
  },
);

test(
  'a first visit that was cut off mid-way is whole after the next one',
  { tag: '@one-size' },
  async ({ page, context, own }) => {
    await page.goto(own.url, { waitUntil: 'commit' });
    await context.setOffline(true);
    await page.waitForTimeout(200);
    await context.setOffline(false);
    await page.goto(own.url);
    await keptForOffline(page);
    await own.kill();
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Load sample' }).first()).toBeVisible();
    await loadSample(page);
  },
);
