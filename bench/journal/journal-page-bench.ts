/** Whether the journal's pages stay awake with a hundred thousand round trips. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { Statement } from '#core/collections/statement.ts';
import { writeDeals } from '#workers/store/statement-content.ts';
import { root, startStaticHost } from '../../tests/e2e/running.ts';
import { started } from '../../tests/e2e/trader.ts';
import type { Row } from '../row.ts';
import { watched, type Watched } from '../web/watched-page.ts';
import { madeRoundTrips } from './made-journal.ts';

const TRIPS = 100_000;
const MOST_TASK_MS = 50;
/** How long a page is watched: until the worker has answered, on a busy machine too. */
const WATCHED_MS = 6_000;
const PATIENCE_MS = 120_000;

export async function journalPageBench(): Promise<Row[]> {
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
    await page.goto(`${host.url}/`);
    await started(page);
    const bytes = writeDeals(madeRoundTrips(TRIPS));
    const statement: Statement = {
      ...{ id: 'bench', fileName: 'bench.html', format: 'mt5-html', currency: 'EUR' },
      ...{ account: '51234567@Example-Demo', zone: 'UTC', importedMs: 1, deals: 2 * TRIPS },
      ...{ firstMs: 0, lastMs: 1, startBalance: null, endBalance: null, bytes: bytes.length },
    };
    const content = Buffer.from(bytes).toString('base64');
    await page.evaluate(keepStatement, { statement, content });
    return await visit(page);
  } finally {
    await context.close();
    await host.stop();
    rmSync(folder, { recursive: true });
  }
}

interface Kept {
  readonly statement: Statement;
  /** Base64. */
  readonly content: string;
}

/** Runs in the page. */
async function keepStatement({ statement, content }: Kept): Promise<void> {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('offing');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const transaction = database.transaction(['statements', 'statementBytes'], 'readwrite');
  transaction.objectStore('statements').put(statement);
  transaction.objectStore('statementBytes').put({ statementId: statement.id, bytes });
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
}

async function visit(page: Page): Promise<Row[]> {
  const rows: Row[] = [];
  const list = page.getByRole('region', { name: 'Round trips', exact: true }).last();
  const row = list.locator('tbody tr[data-key]').first();
  const heading = (name: RegExp) => list.locator('thead').getByRole('button', { name }).click();
  const steps: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'opened',
      async () => {
        await page.getByRole('link', { name: 'Journal' }).first().click();
        await row.waitFor();
      },
    ],
    ['filtered', async () => void (await page.getByLabel('Outcome').selectOption('Lost'))],
    [
      'searched',
      () => page.getByLabel('Search symbols, tags, comments and notes').fill('breakout 99'),
    ],
    ['shown again', () => page.getByRole('button', { name: 'Clear' }).first().click()],
    ['sorted', () => heading(/^Result/)],
    ['scrolled', () => scroll(page, row)],
    ['one chosen', () => row.click()],
    [
      'reported',
      async () => {
        await page.getByRole('navigation').getByRole('link', { name: 'Reports' }).first().click();
      },
    ],
  ];
  for (const [name, open] of steps) rows.push(told(name, await watched(page, WATCHED_MS, open)));
  return rows;
}

async function scroll(page: Page, row: ReturnType<Page['locator']>): Promise<void> {
  await row.hover();
  for (let turn = 0; turn < 40; turn++) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(50);
  }
}

function told(name: string, { frameMs, taskMs }: Watched): Row {
  return {
    name: `Journal page of 100,000 round trips, longest task: ${name}`,
    value: taskMs,
    unit: 'ms of CPU',
    rival: `limit (longest frame: ${Math.round(frameMs)} ms)`,
    ratio: taskMs / MOST_TASK_MS,
    target: `≤ ${MOST_TASK_MS} ms`,
    pass: taskMs <= MOST_TASK_MS,
  };
}
