/** The main story in Firefox: import, run, offline, and the very fingerprint of Chromium. */
import { existsSync } from 'node:fs';
import puppeteer, { type Page } from 'puppeteer-core';
import { expect, test } from './offing.ts';
import { startServer } from './running.ts';
import { fingerprint, loadSample, runBacktest } from './trader.ts';

const firefox = process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr';

// Firefox draws no frame in a window that nobody sees, so waiting by frames would not end.
const polled = { polling: 200 };

const press = (page: Page, selector: string) => page.locator(selector).click();

async function fingerprintIn(page: Page): Promise<string> {
  await press(page, '::-p-text(Rules and settings)');
  const code = await page.waitForSelector('.hash code');
  return code!.evaluate((element) => element.textContent);
}

test('the same run in Firefox and Chromium has one fingerprint, and Firefox works offline', async ({
  page,
  server,
}) => {
  test.setTimeout(240_000);
  expect(existsSync(firefox), 'Firefox is there (firefox-esr of Debian, or FIREFOX_PATH)').toBe(
    true,
  );
  await page.goto(server.url);
  await loadSample(page);
  await page.goto(`${server.url}/backtest/`);
  await runBacktest(page);
  const inChromium = await fingerprint(page);

  const own = await startServer();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefox,
    headless: true,
  });
  try {
    const tab = await browser.newPage();
    await tab.setViewport({ width: 1280, height: 900 });
    await tab.goto(own.url);
    await press(tab, '::-p-text(Load sample)');
    await tab.waitForFunction(() => location.search.startsWith('?series='), polled);
    await tab.goto(`${own.url}/backtest/`);
    await press(tab, 'button[type=submit]:not([disabled])');
    await tab.waitForFunction(() => location.search.startsWith('?run='), polled);
    expect(await fingerprintIn(tab)).toBe(inChromium);

    await tab.waitForFunction(() => navigator.serviceWorker.controller !== null, polled);
    await own.kill();
    await tab.reload();
    expect(await fingerprintIn(tab)).toBe(inChromium);
  } finally {
    await browser.close();
    await own.stop();
  }
});
