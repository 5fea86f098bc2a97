/** What a trader waits for: first sync, saving, other tabs and devices; in a real Chromium. */
import { chromium, type Page } from '@playwright/test';
import { toWire } from '#core/sync/fragment.ts';
import type { Row } from '../row.ts';
import { quantile } from '../server/load.ts';
import type { Trader } from '../server/traders.ts';
import { openDevice, settled, type Device } from './browser-device.ts';
import { noteFields, noteMaker } from './notes.ts';
import { openPusher, stamps } from './pusher.ts';

export interface BrowserSizes {
  readonly firstSyncNotes: number;
  readonly storedNotes: number;
  readonly commits: number;
  readonly conflictingNotes: number;
  readonly edits: number;
}

export const fullSizes: BrowserSizes = {
  firstSyncNotes: 100_000,
  storedNotes: 100_000,
  commits: 300,
  conflictingNotes: 2_000,
  edits: 100,
};

const MOST_LIST_MS = 1_500;
const MOST_READABLE_MS = 4_000;
const MOST_EXPLODED_MS = 20_000;
const MOST_TASK_MS = 50;
const MOST_COMMIT_MS = 10;
const MOST_TAB_MS = 50;
const MOST_DEVICE_MS = 150;
const MOST_CONVERGE_MS = 6_000;

/** Each measurement takes a trader of its own; four of them. */
export async function browserBench(
  address: string,
  traders: readonly Trader[],
  sizes: BrowserSizes = fullSizes,
): Promise<Row[]> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const open = (trader: Trader) => openDevice(browser, address, trader);
  try {
    return [
      ...(await firstSyncRows(address, traders[0]!, open, sizes)),
      ...(await commitRows(traders[1]!, open, sizes)),
      ...(await editRows(traders[2]!, open, sizes)),
      await convergeRow(traders[3]!, open, sizes),
    ];
  } finally {
    await browser.close();
  }
}

function limitRow(name: string, value: number, most: number): Row {
  return {
    name,
    value,
    unit: 'ms',
    rival: `limit of ${most.toLocaleString('en')} ms`,
    ratio: value / most,
    target: `≤ ${most.toLocaleString('en')} ms`,
    pass: value <= most,
  };
}

type Open = (trader: Trader) => Promise<Device>;

const grouped = (count: number) => count.toLocaleString('en');

async function firstSyncRows(
  address: string,
  trader: Trader,
  open: Open,
  { firstSyncNotes }: BrowserSizes,
): Promise<Row[]> {
  const pusher = await openPusher(address, trader);
  const maker = noteMaker(3);
  const next = stamps(pusher.node);
  const rows = Array.from({ length: firstSyncNotes }, (_, index) => {
    const { id, fields } = maker.note(index);
    return toWire({ collection: 'notes', row: id, hlc: next(), cells: fields, schemaVersion: 1 });
  });
  await pusher.push(rows);
  const { context, page } = await open(trader);
  const times = await page.evaluate((count) => window.syncPage.firstSync(count), firstSyncNotes);
  await context.close();
  const all = `first sync of ${grouped(firstSyncNotes)} rows`;
  return [
    limitRow(`${all}: the list stands`, times.listMs, MOST_LIST_MS),
    limitRow(`${all}: all can be read`, times.readableMs, MOST_READABLE_MS),
    limitRow(`${all}: all is in its tables`, times.explodedMs, MOST_EXPLODED_MS),
    limitRow(`${all}: longest task of the page`, times.longestTaskMs, MOST_TASK_MS),
  ];
}

async function commitRows(
  trader: Trader,
  open: Open,
  { storedNotes, commits }: BrowserSizes,
): Promise<Row[]> {
  const { context, page } = await open(trader);
  await page.evaluate((count) => window.syncPage.fill(count), storedNotes);
  await page.evaluate(() => window.syncPage.commitTimes(20));
  const times = await page.evaluate((count) => window.syncPage.commitTimes(count), commits);
  await context.close();
  const name = `saving a change, p95, ${grouped(storedNotes)} rows, durable`;
  return [limitRow(name, quantile(times, 0.95), MOST_COMMIT_MS)];
}

async function editRows(trader: Trader, open: Open, { edits }: BrowserSizes): Promise<Row[]> {
  const here = await open(trader);
  await here.page.evaluate(() => window.syncPage.startSync());
  await here.page.evaluate(() => window.syncPage.writeFields(100, 1));
  const there = await open(trader);
  await there.page.evaluate(() => window.syncPage.startSync());
  await settled([here.page, there.page]);
  const tab = await here.tab();
  const toTab: number[] = [];
  const toDevice: number[] = [];
  for (let edit = 0; edit < edits; edit++) {
    const title = `edit ${edit}`;
    const wait = (page: Page) =>
      page.evaluate(([index, text]) => window.syncPage.titleSeen(index, text), [
        edit % 100,
        title,
      ] as const);
    const seen = [wait(tab), wait(there.page)];
    const startMs = await here.page.evaluate(
      ([index, text]) => window.syncPage.writeTitle(index, text),
      [edit % 100, title] as const,
    );
    const [tabMs, deviceMs] = await Promise.all(seen);
    toTab.push(tabMs! - startMs);
    toDevice.push(deviceMs! - startMs);
  }
  await here.context.close();
  await there.context.close();
  return [
    limitRow('from an edit to another tab, p95', quantile(toTab, 0.95), MOST_TAB_MS),
    limitRow('from an edit to another device, p50', quantile(toDevice, 0.5), MOST_DEVICE_MS),
  ];
}

async function convergeRow(
  trader: Trader,
  open: Open,
  { conflictingNotes }: BrowserSizes,
): Promise<Row> {
  const devices = [await open(trader), await open(trader)];
  const pages = devices.map(({ page }) => page);
  for (const [seed, page] of pages.entries()) {
    await page.evaluate(() => window.syncPage.startSync());
    await settled([page]);
    await page.evaluate(() => window.syncPage.stopSync());
    const size = [conflictingNotes, seed] as const;
    await page.evaluate(([notes, own]) => window.syncPage.writeFields(notes, own), size);
  }
  const startMs = performance.now();
  await Promise.all(pages.map((page) => page.evaluate(() => window.syncPage.startSync())));
  await settled(pages);
  const elapsedMs = performance.now() - startMs;
  const [one, other] = await Promise.all(
    pages.map((page) => page.evaluate(() => window.syncPage.content())),
  );
  if (one !== other || one!.length < conflictingNotes) throw new Error('The devices do not agree');
  for (const { context } of devices) await context.close();
  const cells = grouped(conflictingNotes * noteFields.length);
  return limitRow(
    `two devices agree on ${cells} cells that both wrote, IndexedDB`,
    elapsedMs,
    MOST_CONVERGE_MS,
  );
}
