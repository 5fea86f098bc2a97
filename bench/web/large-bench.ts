/** Whether the pages stay awake with ten million bars stored and a run of a million round trips. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { Strategy } from '#core/collections/strategy.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { root, startStaticHost } from '../../tests/e2e/running.ts';
import { importFile, started } from '../../tests/e2e/trader.ts';
import type { Row } from '../row.ts';
import { makeCsv } from './made-csv.ts';
import { watched, type Watched } from './watched-page.ts';

const BARS = 10_000_000;
const MOST_FRAME_MS = 50;
const SYMBOL = 'MADEUP';
/** How long a page is watched after it was opened: until all of it stands, on a busy machine too. */
const WATCHED_MS = 8000;
const PATIENCE_MS = 600_000;

const strategy = {
  id: 'bench-busy',
  name: 'Busy',
  source: `enter long when crosses_above(close, sma(close, 4))
exit long when crosses_below(close, sma(close, 4))
size 1 units`,
  inputs: {},
  settings: defaultSettings,
  createdMs: 0,
  updatedMs: 0,
  deletedMs: null,
} satisfies Strategy;

export async function largeBench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'offing-bench-'));
  const host = await startStaticHost(join(root, 'build'));
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    viewport: { width: 1440, height: 900 },
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  try {
    const page = await context.newPage();
    const file = join(folder, `${SYMBOL}_M1.csv`);
    writeCsv(file);
    await page.goto(`${host.url}/prices/`);
    await importFile(page, file);
    await page.getByRole('dialog').getByText('bars added').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
    await page.evaluate(keepStrategy, strategy);
    await page.goto(`${host.url}/backtest/?strategy=${strategy.id}`);
    await page.getByRole('button', { name: 'Run backtest' }).click();
    await page.waitForURL(/\/backtest\/\?run=/);
    await page.getByRole('tab', { name: /^Equity/ }).waitFor();
    return await visit(page, host.url);
  } finally {
    await context.close();
    await host.stop();
    rmSync(folder, { recursive: true });
  }
}

/** A text of ten million rows does not fit one array of bytes. */
function writeCsv(file: string): void {
  const part = 1_000_000;
  for (let from = 0; from < BARS; from += part) {
    const bytes = makeCsv(part, from);
    appendFileSync(file, from === 0 ? bytes : bytes.subarray(bytes.indexOf(10) + 1));
  }
}

/** Runs in the page. */
async function keepStrategy(row: Strategy): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('offing');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const transaction = database.transaction('strategies', 'readwrite');
  transaction.objectStore('strategies').put(row);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
}

async function visit(page: Page, url: string): Promise<Row[]> {
  const rows: Row[] = [];
  const tab = (name: RegExp) => () => page.getByRole('tab', { name }).click();
  for (const [name, open] of [
    ['lab: Round trips', tab(/^Round trips/)],
    ['lab: Equity', tab(/^Equity/)],
    ['lab: Statistics', tab(/^Statistics/)],
    ['lab: Report', tab(/^Report/)],
  ] as const) {
    rows.push(row(name, await watched(page, WATCHED_MS, open)));
  }
  await page.goto(`${url}/prices/`);
  await started(page);
  const chart = () => page.getByRole('main').getByRole('link', { name: SYMBOL }).click();
  rows.push(row('prices: chart', await watched(page, WATCHED_MS, chart)));
  return rows;
}

function row(name: string, { frameMs, taskMs }: Watched): Row {
  return {
    name: `longest frame, 10 M bars, 1 M round trips, ${name}`,
    value: frameMs,
    unit: 'ms',
    rival: `limit (longest task: ${Math.round(taskMs)} ms of a processor)`,
    ratio: frameMs / MOST_FRAME_MS,
    target: `≤ ${MOST_FRAME_MS} ms`,
    pass: frameMs <= MOST_FRAME_MS,
    reason: 'the rest of the frame is no task of the page: its workers decode the bars meanwhile',
  };
}
