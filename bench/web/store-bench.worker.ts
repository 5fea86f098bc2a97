/** The part of the storage benchmark that runs in the browser, in a worker as in the product. */
import { decodeChunks } from '#core/market/chunk-read.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { openFile } from '#workers/import/read-file.ts';
import { createSession } from '#workers/import/session.ts';
import { Database, type BarChunk } from '#workers/store/database.ts';
import { saveBars } from '#workers/store/save-bars.ts';
import { loadBars } from '#workers/store/series.ts';
import { makeCsv } from './made-csv.ts';

export interface StoreTimes {
  readonly saveMs: readonly number[];
  readonly loadMs: readonly number[];
  readonly storedBytes: number;
  /** The same months read from one file of the browser's private file system. */
  readonly fileLoadMs: readonly number[];
  /** A `File` read in pieces, not parsed. */
  readonly readMegabytesPerSecond: readonly number[];
  /** Of a `File`, read in pieces and parsed, nothing stored. */
  readonly fileMegabytesPerSecond: readonly number[];
}

const BARS = 1_000_000;
const ROUNDS = 7;

async function measure(): Promise<StoreTimes> {
  const bars = makeBars({ count: BARS, seed: 1, stepMs: 60_000, volume: true });
  const saveMs: number[] = [];
  const loadMs: number[] = [];
  const fileLoadMs: number[] = [];
  let storedBytes = 0;
  for (let round = 0; round < 3; round++) {
    const database = new Database(`bench-${round}`);
    await database.open();
    const start = performance.now();
    const saved = await saveBars(database, {
      symbol: 'EURUSD',
      timeframe: 'M1',
      bars,
      source: { fileName: 'made', format: 'made', zone: 'UTC', problems: 0 },
      onConflict: 'keep',
      nowMs: 0,
    });
    saveMs.push(performance.now() - start);
    if (!saved.ok) throw new Error(saved.error.detail);
    storedBytes = saved.value.series.storedBytes;
    const file = await writeFile(await database.chunks.toArray());
    for (let again = 0; again < ROUNDS; again++) {
      const from = performance.now();
      const loaded = await loadBars(database, 'EURUSD.M1');
      loadMs.push(performance.now() - from);
      if (!loaded.ok || loaded.value.length !== BARS) throw new Error('The bars did not come back');
      const start = performance.now();
      const length = await file.load();
      fileLoadMs.push(performance.now() - start);
      if (length !== BARS) throw new Error('The file did not come back');
    }
    await database.delete({ disableAutoOpen: true });
  }
  const csv = new File([makeCsv(BARS)], 'EURUSD_M1.csv');
  return {
    saveMs,
    loadMs,
    fileLoadMs,
    storedBytes,
    readMegabytesPerSecond: await measureReading(csv),
    fileMegabytesPerSecond: await measureFile(csv),
  };
}

/** What workers alone can open, so that the types of a page do not know it. */
interface SyncHandle {
  truncate(bytes: number): void;
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  read(bytes: Uint8Array, options: { readonly at: number }): number;
  getSize(): number;
  flush(): void;
  close(): void;
}

function openSync(file: FileSystemFileHandle): Promise<SyncHandle> {
  return (
    file as unknown as { createSyncAccessHandle(): Promise<SyncHandle> }
  ).createSyncAccessHandle();
}

/** The bytes of all months behind each other, and how to load them: opened, read, decoded, closed. */
async function writeFile(chunks: readonly BarChunk[]) {
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle('bench.bars', { create: true });
  const writer = await openSync(file);
  writer.truncate(0);
  let at = 0;
  for (const { bytes } of chunks) at += writer.write(bytes, { at });
  writer.flush();
  writer.close();
  return {
    async load(): Promise<number> {
      const handle = await openSync(await root.getFileHandle('bench.bars'));
      const all = new Uint8Array(handle.getSize());
      handle.read(all, { at: 0 });
      handle.close();
      let from = 0;
      const parts = chunks.map(({ bytes }) => all.subarray(from, (from += bytes.length)));
      const bars = decodeChunks(parts);
      return bars.ok ? bars.value.length : 0;
    },
  };
}

async function measureReading(file: File): Promise<number[]> {
  const speeds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let bytesRead = 0;
    const { pieces } = await openFile(file);
    for await (const { bytes } of pieces) bytesRead += bytes.length;
    if (bytesRead !== file.size) throw new Error('The file was not read to its end');
    speeds.push(file.size / (performance.now() - start) / 1000);
  }
  return speeds;
}

async function measureFile(file: File): Promise<number[]> {
  const speeds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const { expectedBytes, pieces } = await openFile(file);
    const session = createSession(file.name, {}, expectedBytes);
    for await (const { bytes } of pieces) {
      const failure = session.feed(bytes);
      if (failure) throw new Error(failure.detail);
    }
    const parsed = session.finish();
    speeds.push(file.size / (performance.now() - start) / 1000);
    const whole = parsed.ok && parsed.value.kind === 'bars' && parsed.value.bars.length === BARS;
    if (!whole) throw new Error('The bars are not all there');
  }
  return speeds;
}

measure().then(
  (times) => postMessage({ times }),
  (error: unknown) => postMessage({ error: String(error) }),
);
