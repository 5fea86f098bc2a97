/** The built pages on a host that knows nothing of Offing, and a newer version of them. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from './offing.ts';
import { root, startStaticHost, type StaticHost } from './running.ts';
import { keptForOffline, loadSample, runBacktest, watch } from './trader.ts';

const build = join(root, 'build');

const test = base.extend<{ host: StaticHost }>({
  host: async ({}, use) => {
    const host = await startStaticHost(build);
    await use(host);
    await host.stop();
  },
});

test('works from any static host, and says that it is local only', async ({ page, host }) => {
  const faults = watch(page);
  await page.goto(host.url);
  await expect(page.getByText('Local only')).toBeVisible();
  await loadSample(page);
  await page.goto(`${host.url}/backtest/`);
  const address = await runBacktest(page);
  await page.goto(address);
  await expect(page.getByRole('tab', { name: /Equity/ })).toBeVisible();
  expect(faults).toEqual([]);
});

const versions = mkdtempSync(join(tmpdir(), 'offing-versions-'));
test.afterAll(() => rmSync(versions, { recursive: true, force: true }));

/** The build as another version: the same pages, one word and the worker's bytes changed. */
function otherVersion(word: string): string {
  const folder = join(versions, word);
  cpSync(build, folder, { recursive: true });
  const worker = join(folder, 'service-worker.js');
  const home = join(folder, 'backtest', 'index.html');
  const revision = /(url:`\/backtest\/index\.html`,revision:`)[0-9a-f]+/;
  const text = readFileSync(worker, 'utf8');
  expect(text).toMatch(revision);
  writeFileSync(worker, text.replace(revision, `$1${word}`));
  appendFileSync(home, `<!-- ${word} -->`);
  return folder;
}

test('an old version says quietly that there is a new one, and all tabs move together', async ({
  context,
  host,
}) => {
  host.serve(otherVersion('older'));
  const page = await context.newPage();
  await page.goto(`${host.url}/backtest/`);
  await keptForOffline(page);
  const other = await context.newPage();
  await other.goto(`${host.url}/backtest/`);
  expect(await other.content()).not.toContain('newer');

  host.serve(otherVersion('newer'));
  await page.bringToFront();
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const reload = page.getByRole('button', { name: 'New version – reload' });
  await expect(reload).toBeVisible();
  // Nothing moved by itself.
  const kept = await page.evaluate(async () => (await fetch('/backtest/')).text());
  expect(kept).toContain('older');

  const moved = other.waitForEvent('load');
  await reload.click();
  await moved;
  // It is being loaded anew as well, which a question in between does not outlive.
  await expect(async () => {
    const text = await page.evaluate(async () => (await fetch('/backtest/')).text());
    expect(text).toContain('newer');
  }).toPass();
});
