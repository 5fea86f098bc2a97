/** A file of ticks through the import worker, and the bars that are made of what it stores. */
import { proxy, wrap, type Remote } from 'comlink';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { barsOfTicks } from '#core/market/bars-of-ticks.ts';
import { plain } from '#core/market/made-bars.ts';
import { makeTicks, plainTicks } from '#core/market/made-ticks.ts';
import { sliceTicks, type Ticks } from '#core/market/ticks.ts';
import { Database } from '#workers/store/database.ts';
import { loadBars } from '#workers/store/series.ts';
import { loadTicks } from '#workers/store/tick-series.ts';
import type { ImportRequest, ImportWorker } from './api.ts';

let worker: Worker;
let imports: Remote<ImportWorker>;
let database: Database;

beforeEach(async () => {
  database = new Database();
  await Promise.all(database.tables.map((table) => table.clear()));
  worker = new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module' });
  imports = wrap<ImportWorker>(worker);
});
afterEach(() => {
  worker.terminate();
  database.close();
});

const made = makeTicks({ count: 6000, seed: 8, mostStepMs: 30_000 });

function fileOf(ticks: Ticks): Blob {
  const price = (points: number) => (points / ticks.scale).toFixed(5);
  const rows = Array.from(ticks.timesMs, (time, i) => {
    return `${new Date(time).toISOString()},${price(ticks.bid[i]!)},${price(ticks.ask![i]!)}\n`;
  });
  return new Blob(['time_utc,bid,ask\n', ...rows]);
}

const request: ImportRequest = {
  importId: 'one',
  symbol: 'eurusd',
  timeframe: 'ticks',
  zone: 'UTC',
  dateOrder: 'ymd',
  format: 'quotes',
  roles: ['time', 'bid', 'ask'],
  onConflict: 'keep',
};
const quiet = proxy(() => undefined);

async function run(ticks: Ticks) {
  const report = await imports.run(fileOf(ticks), 'EURUSD-ticks.csv', request, quiet);
  if (!report.ok) throw new Error(`${report.error.code}: ${report.error.detail}`);
  return report.value;
}

test('is stored as ticks, and a second file adds what is new', async () => {
  const preview = await imports.preview(fileOf(made), 'EURUSD-ticks.csv');
  expect(preview).toMatchObject({ ok: true, value: { timeframe: 'ticks', format: 'quotes' } });
  const first = await run(sliceTicks(made, 0, 4000));
  expect(first).toMatchObject({ added: 4000, unchanged: 0, replaced: 0, rows: 4000 });
  expect(first.series).toMatchObject({ id: 'EURUSD.ticks', timeframe: 'ticks', bars: 4000 });
  const second = await run(made);
  expect(second).toMatchObject({ added: 2000, unchanged: 4000 });
  expect(second.series.sources).toHaveLength(2);
  const stored = await loadTicks(database, 'EURUSD.ticks');
  expect(stored.ok && plainTicks(stored.value)).toEqual(plainTicks(made));
  const third = await run(made);
  expect(third).toMatchObject({ added: 0, unchanged: 6000, series: second.series });
});

test('makes bars that say what they were made of', async () => {
  await run(made);
  const series = await imports.makeBars('EURUSD', 'M1');
  if (!series.ok) throw new Error(series.error.detail);
  expect(series.value).toMatchObject({ id: 'EURUSD.M1', hasAsk: true, hasVolume: true });
  expect(series.value.sources).toMatchObject([{ fileName: 'EURUSD.ticks', format: 'ticks' }]);
  const bars = await loadBars(database, 'EURUSD.M1');
  expect(bars.ok && plain(bars.value)).toEqual(plain(barsOfTicks(made, 'M1')));
  expect(await imports.makeBars('GBPUSD', 'M1')).toMatchObject({
    ok: false,
    error: { code: 'store.not-found' },
  });
});

test('that is cancelled, or said to be bars, stores nothing', async () => {
  const asBars = { ...request, timeframe: 'M1' };
  const refused = await imports.run(fileOf(made), 'a.csv', asBars, quiet);
  expect(refused).toMatchObject({ ok: false, error: { code: 'import.timeframe-mismatch' } });
  await imports.cancel('one');
  const report = await imports.run(fileOf(made), 'a.csv', request, quiet);
  expect(report).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
  expect(await database.series.count()).toBe(0);
  expect(await database.tickChunks.count()).toBe(0);
});
