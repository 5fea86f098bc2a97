/** How soon the pages of the real product stand, with a million bars stored. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import lighthouse from 'lighthouse';
import { freePort, startServer } from '../../tests/e2e/running.ts';
import { importFile, keptForOffline } from '../../tests/e2e/trader.ts';
import type { Row } from '../row.ts';
import { makeCsv } from './made-csv.ts';
import { median } from './median.ts';
import { pageMemory } from './memory.ts';

const BARS = 1_000_000;
const ROUNDS = 5;
const MOST_CHART_MS = 200;
const MOST_CHART_MEGABYTES = 15;
const MOST_START_MS = 1000;
const LEAST_PERFORMANCE = 95;
const SYMBOL = 'MADEUP';

export async function pageBench(): Promise<Row[]> {
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), 'offing-bench-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    viewport: { width: 1440, height: 900 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      `--remote-debugging-port=${port}`,
    ],
  });
  context.setDefaultTimeout(120_000);
  try {
    const scores = await performanceOf(server.url, port);
    const page = await context.newPage();
    const file = join(folder, `${SYMBOL}_M1.csv`);
    writeFileSync(file, makeCsv(BARS));
    await page.goto(`${server.url}/prices/`);
    await importFile(page, file);
    await page.getByRole('dialog').getByText('bars added').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
    const empty = await pageMemory(page);
    const chart = chartRow(await chartTimes(page));
    const memory = memoryRow((await pageMemory(page)) - empty);
    return [...scores, chart, memory, startRow(await startTimes(page, context))];
  } finally {
    await context.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Lighthouse on a phone: medians of the score, 0 … 100, by page. */
async function performanceOf(url: string, port: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const path of ['/', '/prices/', '/backtest/']) {
    const scores: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const options = { port, logLevel: 'error' as const, onlyCategories: ['performance'] };
      const run = await lighthouse(url + path, options);
      scores.push(100 * (run?.lhr.categories['performance']?.score ?? 0));
    }
    const value = median(scores);
    rows.push({
      name: `Lighthouse performance of ${path}, phone`,
      value,
      unit: 'points',
      rival: `limit of ${LEAST_PERFORMANCE}`,
      ratio: value / LEAST_PERFORMANCE,
      target: `≥ ${LEAST_PERFORMANCE}`,
      pass: value >= LEAST_PERFORMANCE,
      reason: 'the compiler of rules with its indicators arrives before the setup is drawn',
    });
  }
  return rows;
}

/** From the click on a series to the frame after its bars are drawn. */
async function chartTimes(page: Page): Promise<number[]> {
  const times: number[] = [];
  // The first visit also loads the chart's code; it is not counted.
  for (let round = 0; round <= ROUNDS; round++) {
    await page.getByRole('link', { name: 'Prices' }).first().click();
    const link = page.getByRole('main').getByRole('link', { name: SYMBOL });
    await link.waitFor();
    times.push(
      await link.evaluate(
        (element: HTMLElement) =>
          new Promise<number>((resolve) => {
            const startMs = performance.now();
            const look = () => {
              if (document.querySelector('main .legend')?.textContent?.includes('C'))
                requestAnimationFrame(() => resolve(performance.now() - startMs));
              else requestAnimationFrame(look);
            };
            element.click();
            look();
          }),
      ),
    );
  }
  return times.slice(1);
}

/** From nothing to the first paint, without a network. */
async function startTimes(page: Page, context: BrowserContext): Promise<number[]> {
  await keptForOffline(page);
  await context.setOffline(true);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await page.reload();
    const paint = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    times.push(await paint.evaluate((startMs) => startMs ?? NaN));
  }
  await context.setOffline(false);
  return times;
}

function limitRow(name: string, times: readonly number[], mostMs: number): Row {
  const value = median(times);
  return {
    name,
    value,
    unit: 'ms',
    rival: `limit of ${mostMs} ms`,
    ratio: value / mostMs,
    target: `≤ ${mostMs} ms`,
    pass: value <= mostMs,
  };
}

const chartRow = (times: readonly number[]) =>
  limitRow('first chart paint, 1 M bars stored', times, MOST_CHART_MS);
const startRow = (times: readonly number[]) =>
  limitRow('start without a network, first paint', times, MOST_START_MS);

/** What the chart adds to the list of prices, its buffers included, in megabytes. */
function memoryRow(bytes: number): Row {
  const value = bytes / 1e6;
  return {
    name: 'memory of the chart, 1 M bars stored',
    value,
    unit: 'MB',
    rival: `limit of ${MOST_CHART_MEGABYTES} MB`,
    ratio: value / MOST_CHART_MEGABYTES,
    target: `≤ ${MOST_CHART_MEGABYTES} MB`,
    pass: value <= MOST_CHART_MEGABYTES,
  };
}
