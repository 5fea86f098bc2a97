/** How fast a million bars are stored, loaded and read from a file, in a real Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import type { Row } from '../row.ts';
import { median } from './median.ts';
import type { StoreTimes } from './store-bench.worker.ts';

const MOST_LOAD_MS = 80;
const MOST_FILE_LOAD_MS = 50;
const LEAST_FILE_MB_PER_S = 600;
const MINUTES_5_MS = 300_000;

export async function storeBench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'offing-bench-'));
  try {
    return rowsOf(await measure(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowsOf(times: StoreTimes): Row[] {
  const { saveMs, loadMs, storedBytes, fileMegabytesPerSecond } = times;
  const load = median(loadMs);
  const fromFile = median(times.fileLoadMs);
  const save = median(saveMs);
  const file = median(fileMegabytesPerSecond);
  const reading = median(times.readMegabytesPerSecond);
  const megabytes = (storedBytes / 1e6).toFixed(1);
  return [
    {
      name: '1 M bars loaded from IndexedDB',
      value: load,
      unit: 'ms',
      rival: `limit of ${MOST_LOAD_MS} ms`,
      ratio: load / MOST_LOAD_MS,
      target: `≤ ${MOST_LOAD_MS} ms`,
      pass: load <= MOST_LOAD_MS,
    },
    {
      name: '1 M bars loaded from a private file (OPFS)',
      value: fromFile,
      unit: 'ms',
      rival: 'loading them from IndexedDB',
      ratio: fromFile / load,
      target: `≤ ${MOST_FILE_LOAD_MS} ms`,
      pass: fromFile <= MOST_FILE_LOAD_MS,
    },
    {
      name: '1 M bars stored in IndexedDB',
      value: save,
      unit: 'ms',
      rival: `loading them (${megabytes} MB)`,
      ratio: save / load,
      target: 'reported',
      pass: null,
    },
    {
      name: 'CSV from a File to bars',
      value: file,
      unit: 'MB/s',
      rival: `reading it, no more (${Math.round(reading)} MB/s)`,
      ratio: file / reading,
      target: `≥ ${LEAST_FILE_MB_PER_S} MB/s`,
      pass: file >= LEAST_FILE_MB_PER_S,
      reason: 'the rival is the file being read and nothing else',
    },
  ];
}

async function measure(folder: string): Promise<StoreTimes> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      target: 'esnext',
      lib: {
        entry: join(import.meta.dirname, 'store-bench.worker.ts'),
        formats: ['es'],
        fileName: () => 'worker.js',
      },
    },
  });
  const server = await serve(readFileSync(join(folder, 'worker.js')));
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(MINUTES_5_MS);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const answer = await page.evaluate(
      () =>
        new Promise<{ times?: StoreTimes; error?: string }>((resolve) => {
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onmessage = (event) => resolve(event.data);
          worker.onerror = (event) => resolve({ error: event.message });
        }),
    );
    if (!answer.times) throw new Error(`The benchmark in the browser failed: ${answer.error}`);
    return answer.times;
  } finally {
    await browser.close();
    server.close();
  }
}

/** An origin of its own, without which a browser stores nothing. */
function serve(worker: Uint8Array): Promise<Server> {
  const server = createServer((request, response) => {
    const script = request.url === '/worker.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? worker : '<!doctype html><title>Benchmark</title>');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
