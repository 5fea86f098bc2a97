/** Devices in a real Chromium: the page of the benchmark, signed in, over a database of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { build } from 'vite';
import type { Trader } from '../server/traders.ts';

const PATIENCE_MS = 180_000;
/** Each look takes something from what is looked at. */
const POLL_MS = 50;

export interface Device {
  readonly context: BrowserContext;
  readonly page: Page;
  tab(): Promise<Page>;
}

/** The page, built into a folder that a server can serve. */
export async function buildPage(): Promise<{ readonly folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'offing-bench-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    worker: { format: 'es' },
    build: {
      outDir: folder,
      target: 'esnext',
      modulePreload: false,
      rollupOptions: {
        input: join(import.meta.dirname, 'sync-page.ts'),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const page =
    '<!doctype html><title>Benchmark</title><script type="module" src="/page.js"></script>';
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, '404.html'), page);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** A browser of its own, signed in, with a database that nobody else has. */
export async function openDevice(
  browser: Browser,
  address: string,
  trader: Trader,
): Promise<Device> {
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE_MS);
  const [name, value] = trader.sessionCookie.split('=') as [string, string];
  await context.addCookies([{ name, value, url: address }]);
  const tab = async () => {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'syncPage' in window);
    await page.evaluate((userId) => window.syncPage.open('bench', userId), trader.userId);
    return page;
  };
  return { context, tab, page: await tab() };
}

/** Until nothing waits on any of them, and each has all that the server had for any of them. */
export async function settled(pages: readonly Page[]): Promise<void> {
  const startMs = performance.now();
  for (;;) {
    const figures = await Promise.all(
      pages.map((page) => page.evaluate(() => window.syncPage.figures())),
    );
    const head = Math.max(...figures.map((each) => each.head));
    if (figures.every(({ isSynced, cursor }) => isSynced && cursor === head)) return;
    if (performance.now() - startMs > PATIENCE_MS) {
      throw new Error(`The devices do not come to rest: ${JSON.stringify(figures)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
