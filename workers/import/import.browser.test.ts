import { proxy, wrap, type Remote } from 'comlink';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeBars, plain } from '#core/market/made-bars.ts';
import { Database } from '#workers/store/database.ts';
import { loadBars } from '#workers/store/series.ts';
import type { ImportProgress, ImportRequest, ImportWorker } from './api.ts';

let worker: Worker;
let imports: Remote<ImportWorker>;
let database: Database;

function startWorker(): { worker: Worker; imports: Remote<ImportWorker> } {
  const started = new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module' });
  return { worker: started, imports: wrap<ImportWorker>(started) };
}

beforeEach(async () => {
  database = new Database();
  await Promise.all(database.tables.map((table) => table.clear()));
  ({ worker, imports } = startWorker());
});
afterEach(() => {
  worker.terminate();
  database.close();
});

const made = makeBars({ count: 4000, seed: 1, volume: true });
function fileOf(from: number, to: number, more = ''): Blob {
  const lines = ['time,open,high,low,close,volume'];
  for (let i = from; i < to; i++) {
    const { open, high, low, close } = made.bid;
    const prices = [open, high, low, close].map((side) => (side[i]! / 1e5).toFixed(5));
    lines.push([new Date(made.timesMs[i]!).toISOString(), ...prices, made.volume![i]].join(','));
  }
  return new Blob([lines.join('\n'), more]);
}

const request = (more: Partial<ImportRequest> = {}): ImportRequest => ({
  importId: 'one',
  symbol: 'eurusd',
  timeframe: null,
  zone: 'UTC',
  dateOrder: 'ymd',
  format: 'tradingview',
  roles: ['time', 'open', 'high', 'low', 'close', 'volume'],
  onConflict: 'keep',
  ...more,
});
const quiet = proxy(() => undefined);

async function run(file: Blob, more: Partial<ImportRequest> = {}, from = imports) {
  const report = await from.run(file, 'EURUSD.csv', request(more), quiet);
  if (!report.ok) throw new Error(`${report.error.code}: ${report.error.detail}`);
  return report.value;
}

async function stored() {
  const bars = await loadBars(database, 'EURUSD.H1');
  if (!bars.ok) throw new Error(bars.error.detail);
  return plain(bars.value);
}

test('shows what a file holds before it is imported', async () => {
  const preview = await imports.preview(fileOf(0, 500), 'EURUSD-2020.csv');
  if (!preview.ok) throw new Error(preview.error.detail);
  expect(preview.value).toMatchObject({
    format: 'tradingview',
    separator: ',',
    symbol: 'EURUSD',
    timeframe: 'H1',
    statedZone: 'UTC',
    dateOrder: 'ymd',
  });
  expect(preview.value.rows).toHaveLength(20);
  expect(preview.value.columns.map(({ role }) => role)).toEqual(request().roles);
});

test('a gzipped file is the same bars, with progress from nothing to all', async () => {
  const packed = fileOf(0, 4000).stream().pipeThrough(new CompressionStream('gzip'));
  const steps: ImportProgress[] = [];
  const report = await imports.run(
    await new Response(packed).blob(),
    'EURUSD.csv.gz',
    request(),
    proxy((progress: ImportProgress) => {
      steps.push(progress);
    }),
  );
  expect(report).toMatchObject({ ok: true, value: { added: 4000, rows: 4000, unchanged: 0 } });
  expect(await stored()).toEqual(plain(made));
  const ratios = steps.map(({ ratio }) => ratio);
  expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
  expect(ratios.at(-1)).toBe(1);
  expect(new Set(steps.map(({ stage }) => stage))).toEqual(
    new Set(['reading', 'checking', 'saving']),
  );
});

test('the same file twice adds nothing and changes nothing', async () => {
  await run(fileOf(0, 2000));
  const before = [await database.series.toArray(), await database.chunks.toArray()];
  const again = await run(fileOf(0, 2000));
  expect(again).toMatchObject({ added: 0, unchanged: 2000, replaced: 0 });
  expect([await database.series.toArray(), await database.chunks.toArray()]).toEqual(before);
});

test('the parts of a file in any order make the whole file', async () => {
  await run(fileOf(0, 4000));
  const whole = await database.chunks.toArray();
  await database.chunks.clear();
  await database.series.clear();
  for (const [from, to] of [
    [3000, 4000],
    [500, 2200],
    [0, 700],
    [2100, 3050],
  ] as const) {
    await run(fileOf(from, to));
  }
  expect(await database.chunks.toArray()).toEqual(whole);
});

test('a stored bar with other prices is a conflict with its line', async () => {
  await run(fileOf(0, 100));
  const line = `\n${new Date(made.timesMs[50]!).toISOString()},1,2,0.5,1.5,7`;
  const other = new Blob(['time,open,high,low,close,volume', line]);
  const kept = await run(other, { timeframe: 'H1' });
  expect(kept).toMatchObject({ added: 0, replaced: 0, counts: { conflict: 1 } });
  expect(kept.problems).toMatchObject([{ line: 2, kind: 'conflict' }]);
  expect(await stored()).toEqual(plain({ ...made, ...slice(100) }));
  const replaced = await run(other, { timeframe: 'H1', onConflict: 'replace' });
  expect(replaced).toMatchObject({ added: 0, replaced: 1 });
  expect((await stored()).bid.close[50]).toBe(1.5);
});

function slice(to: number) {
  const { open, high, low, close } = made.bid;
  return {
    length: to,
    timesMs: made.timesMs.slice(0, to),
    bid: {
      open: open.slice(0, to),
      high: high.slice(0, to),
      low: low.slice(0, to),
      close: close.slice(0, to),
    },
    volume: made.volume!.slice(0, to),
  };
}

test('cancelled half way, an import leaves nothing', async () => {
  const row = '2020-01-01T00:00:00Z,1.1,1.2,1.0,1.15,5\n';
  const large = new Blob([...Array(40)].map(() => row.repeat(25_000)));
  const report = await imports.run(
    new Blob(['time,open,high,low,close,volume\n', large]),
    'EURUSD.csv',
    request({ importId: 'stopped' }),
    proxy(() => {
      void imports.cancel('stopped');
    }),
  );
  expect(report).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
  expect(await database.chunks.count()).toBe(0);
  expect(await database.series.count()).toBe(0);
  expect((await run(fileOf(0, 100))).added).toBe(100);
});

test('a worker killed while it saves leaves all or nothing', async () => {
  let killed = false;
  void imports.run(
    fileOf(0, 4000),
    'EURUSD.csv',
    request(),
    proxy(({ stage }: ImportProgress) => {
      if (stage !== 'saving' || killed) return;
      killed = true;
      worker.terminate();
    }),
  );
  await expect.poll(() => killed, { timeout: 20_000 }).toBe(true);
  await expect.poll(() => database.series.count().then(() => true)).toBe(true);
  const series = await database.series.get('EURUSD.H1');
  const chunks = await database.chunks.toArray();
  const bars = chunks.reduce((sum, chunk) => sum + chunk.bars, 0);
  expect(bars).toBe(series?.bars ?? 0);
  expect([0, 4000]).toContain(bars);
});

test('two tabs importing one series at once both end right', async () => {
  const second = startWorker();
  const [first, other] = await Promise.all([
    run(fileOf(0, 2600)),
    run(fileOf(1400, 4000), { importId: 'two' }, second.imports),
  ]);
  second.worker.terminate();
  expect(first.added + other.added).toBe(4000);
  expect(first.unchanged + other.unchanged).toBe(1200);
  expect(await stored()).toEqual(plain(made));
  expect((await database.series.get('EURUSD.H1'))?.bars).toBe(4000);
});

test('failures come back as values with their code', async () => {
  const cases = [
    [new Blob([]), {}, 'import.empty'],
    [new Blob([new Uint8Array(100)]), {}, 'import.not-text'],
    [fileOf(0, 10), { symbol: 'no/../ such <b>' }, 'import.name-invalid'],
    [fileOf(0, 10), { timeframe: 'soon' }, 'import.timeframe-mismatch'],
    [fileOf(0, 10), { roles: ['time'] }, 'import.mapping-invalid'],
    [new Blob([Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0)]), {}, 'import.archive-damaged'],
  ] as const;
  for (const [file, more, code] of cases) {
    const report = await imports.run(file, 'EURUSD.csv', request(more), quiet);
    expect(report).toMatchObject({ ok: false, error: { code } });
  }
  expect(await database.chunks.count()).toBe(0);
});
