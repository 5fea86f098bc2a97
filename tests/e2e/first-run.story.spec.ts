/** From the first visit to a kept backtest. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './offing.ts';
import { root } from './running.ts';
import { fingerprint, loadSample, runBacktest, sampleFile, watch } from './trader.ts';

test('a first visitor loads the sample, runs a template and finds the run after a reload', async ({
  page,
  server,
}) => {
  const faults = watch(page);
  await page.goto(server.url);
  await loadSample(page);
  await expect(page.locator('canvas').first()).toBeVisible();
  await page.goto(`${server.url}/backtest/`);
  const address = await runBacktest(page);
  await expect(page.getByText('Max drawdown').first()).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible();

  await page.getByRole('tab', { name: /Round trips/ }).click();
  const rows = page.getByRole('row');
  await expect.poll(() => rows.count()).toBeGreaterThan(5);

  await page.reload();
  await expect(page.getByRole('tab', { name: /Equity/ })).toBeVisible();
  expect(page.url()).toContain(address);
  await page.goto(`${server.url}/backtest/`);
  await expect(
    page.getByRole('main').getByRole('link', { name: 'Moving average cross' }),
  ).toBeVisible();
  expect(faults).toEqual([]);
});

test(
  'the same run has the same fingerprint in the browser and on the command line',
  { tag: '@one-size' },
  async ({ page, server }) => {
    await page.goto(server.url);
    await loadSample(page);
    await page.goto(`${server.url}/backtest/`);
    await runBacktest(page);
    const inBrowser = await fingerprint(page);

    const kept = await page.evaluate(async () => {
      const open = indexedDB.open('offing');
      const database = await new Promise<IDBDatabase>((resolve) => {
        open.onsuccess = () => resolve(open.result);
      });
      const request = database.transaction('runs').objectStore('runs').getAll();
      return new Promise<{ source: string; inputs: object; settings: object }[]>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    });
    const { source, inputs, settings } = kept[0]!;
    const folder = mkdtempSync(join(tmpdir(), 'offing-command-'));
    writeFileSync(join(folder, 'strategy.rules'), source);
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...settings, inputs }));
    const output = execFileSync(
      process.execPath,
      [
        'workers/backtest/backtest.command.ts',
        ...['--bars', sampleFile],
        ...['--strategy', join(folder, 'strategy.rules')],
        ...['--settings', join(folder, 'settings.json'), '--json'],
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    rmSync(folder, { recursive: true });
    const { hash } = JSON.parse(output.toString()) as { hash: string };
    expect(inBrowser).toBe(hash);
  },
);
