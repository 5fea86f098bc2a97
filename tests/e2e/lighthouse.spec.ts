/**
 * Accessibility and best practices as Lighthouse judges them, on a phone: of the pages that a first
 * visit begins with, with `OFFING_LONG` of all. What axe says of the others stands in their stories.
 */
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { expect, test } from './offing.ts';
import { freePort } from './running.ts';

const first = ['/', '/backtest/', '/settings/'];
const others = [
  ...['/prices/', '/strategies/'],
  ...['/charts/', '/market/', '/optimise/', '/notes/', '/orders/', '/bots/', '/alerts/'],
  ...['/journal/', '/journal/day/', '/journal/playbooks/', '/journal/reports/', '/connections/'],
  ...['/devices/', '/profile/', '/security/', '/account/sign-in/', '/account/sign-up/'],
];
const pages = process.env['OFFING_LONG'] ? [...first, ...others] : first;

test('pages have full marks for accessibility and best practices', async ({ server }, testInfo) => {
  test.setTimeout(pages.length * 60_000);
  const { launchOptions } = testInfo.project.use;
  const port = await freePort();
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), `--remote-debugging-port=${port}`],
  });
  try {
    for (const page of pages) {
      const run = await lighthouse(server.url + page, {
        port,
        logLevel: 'error',
        onlyCategories: ['accessibility', 'best-practices'],
        // What measures speed waits for long quiet; these two categories need the page at rest.
        disableFullPageScreenshot: true,
        pauseAfterFcpMs: 0,
        pauseAfterLoadMs: 0,
        networkQuietThresholdMs: 250,
        cpuQuietThresholdMs: 0,
      });
      const { categories, audits } = run!.lhr;
      const weak = Object.values(audits).filter(({ score }) => score !== null && score < 1);
      const why = `${page}: ${weak.map(({ id, title }) => `${id} (${title})`).join(', ')}`;
      expect.soft(categories['accessibility']?.score, why).toBe(1);
      expect.soft(categories['best-practices']?.score, why).toBe(1);
    }
  } finally {
    await browser.close();
  }
});
