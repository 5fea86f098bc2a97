/** The real worker in a real browser, from a price file to a stored run. */
import * as Comlink from 'comlink';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import type { Bars } from '#core/market/bars.ts';
import { parseBars } from '#workers/import/parse.ts';
import { Database } from '#workers/store/database.ts';
import { saveBars } from '#workers/store/save-bars.ts';
import golden from '../../tests/golden/regression/sample-run.json' with { type: 'json' };
import type { BacktestProgress, BacktestRequest, BacktestWorker } from './api.ts';

const sampleUrl = new URL('../../node_modules/vega-datasets/data/sp500-2000.csv', import.meta.url);
const database = new Database();
let worker: Worker;
let remote: Comlink.Remote<BacktestWorker>;

async function store(symbol: string, timeframe: string, bars: Bars): Promise<void> {
  const source = { fileName: 'a.csv', format: 'generic', zone: 'UTC', problems: 0 };
  const request = { symbol, timeframe, bars, source, onConflict: 'keep', nowMs: 1 } as const;
  const saved = await saveBars(database, request);
  if (!saved.ok) throw new Error(saved.error.detail);
}

beforeAll(async () => {
  const bytes = new Uint8Array(await (await fetch(sampleUrl)).arrayBuffer());
  const parsed = parseBars(bytes, 'sp500-2000.csv');
  if (!parsed.ok) throw new Error(parsed.error.detail);
  await store('SP500', 'D1', parsed.value.bars);
  await store('MADE', 'H1', makeBars({ count: 400_000, seed: 1 }));
});
afterAll(() => database.delete());

beforeEach(async () => {
  worker = new Worker(new URL('./backtest.worker.ts', import.meta.url), { type: 'module' });
  remote = Comlink.wrap<BacktestWorker>(worker);
  await database.runs.clear();
  await database.runArrays.clear();
});
afterEach(() => worker.terminate());

function request(runId: string, seriesId: string): BacktestRequest {
  const parsed = parseSettings(golden.settings);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return {
    runId,
    seriesId,
    strategyId: null,
    strategyName: 'sample',
    source: golden.source,
    ...parsed.value,
  };
}

const silently = Comlink.proxy(() => undefined);

test('gives the sample run the hash that Node gives it, and keeps the run', async () => {
  const result = await remote.run(request('one', 'SP500.D1'), silently);
  expect(result).toEqual({ ok: true, value: { runId: 'one', hash: golden.hash } });
  const run = await database.runs.get('one');
  const arrays = await database.runArrays.get('one');
  expect(run).toMatchObject({ hash: golden.hash, bars: 5105, seriesId: 'SP500.D1' });
  expect(arrays!.equity).toHaveLength(5105);
  expect(arrays!.roundTrips.entryMs).toHaveLength(run!.roundTrips);
});

test('hears a cancel while it computes, and keeps nothing', async () => {
  const heard: BacktestProgress[] = [];
  const result = await remote.run(
    request('two', 'MADE.H1'),
    Comlink.proxy((progress: BacktestProgress) => {
      heard.push(progress);
      if (progress.stage !== 'loading') void remote.cancel('two');
    }),
  );
  expect(result).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
  expect(heard.at(-1)!.ratio).toBeLessThan(1);
  expect(await database.runs.count()).toBe(0);
  expect(await database.runArrays.count()).toBe(0);
});

test('says that a series is not there', async () => {
  const result = await remote.run(request('three', 'NONE.H1'), silently);
  expect(result).toMatchObject({ ok: false, error: { code: 'store.not-found' } });
});
