/** Code strategies by the real workers in a real browser: one sandbox, the same as in Node. */
import * as Comlink from 'comlink';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseSettings } from '#core/execution/settings.ts';
import type { BacktestRequest, BacktestWorker } from '#workers/backtest/api.ts';
import { parseBars } from '#workers/import/parse.ts';
import { Database } from '#workers/store/database.ts';
import { saveBars } from '#workers/store/save-bars.ts';
import golden from '../../tests/golden/regression/code-run.json' with { type: 'json' };
import type { CodeWorker } from './api.ts';

const sampleUrl = new URL('../../node_modules/vega-datasets/data/sp500-2000.csv', import.meta.url);
const database = new Database();
const open = (name: string) =>
  new Worker(new URL('../room.worker.ts', import.meta.url), { type: 'module', name });
let worker: Worker;
let remote: Comlink.Remote<BacktestWorker>;

beforeAll(async () => {
  const bytes = new Uint8Array(await (await fetch(sampleUrl)).arrayBuffer());
  const parsed = parseBars(bytes, 'sp500-2000.csv');
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const { bars } = parsed.value;
  const source = { fileName: 'a.csv', format: 'generic', zone: 'UTC', problems: 0 };
  const saved = await saveBars(database, {
    ...{ symbol: 'SP500', timeframe: 'D1', bars, source, onConflict: 'keep', nowMs: 1 },
  });
  if (!saved.ok) throw new Error(saved.error.detail);
});
afterAll(() => database.delete());

beforeEach(async () => {
  worker = open('backtest');
  remote = Comlink.wrap<BacktestWorker>(worker);
  await database.runs.clear();
});
afterEach(() => worker.terminate());

function request(source: string): BacktestRequest {
  const parsed = parseSettings(golden.settings);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const { settings, inputs } = parsed.value;
  const named = source === golden.source ? inputs : {};
  const written = { strategyId: null, strategyName: 'sample', language: 'code', source } as const;
  return { runId: 'one', seriesId: 'SP500.D1', ...written, inputs: named, settings };
}

const silently = Comlink.proxy(() => undefined);

test('gives a run the hash that Node gives it, and keeps the run', async () => {
  const result = await remote.run(request(golden.source), silently);
  expect(result).toEqual({ ok: true, value: { runId: 'one', hash: golden.hash } });
  expect(await database.runs.get('one')).toMatchObject({ language: 'code', bars: 5105 });
});

test('has no network, no storage and no worker to reach for', async () => {
  for (const call of [
    'fetch("/")',
    'indexedDB.open("offing")',
    'self.postMessage(1)',
    'caches.keys()',
  ]) {
    const result = await remote.run(request(`export function next() { ${call} }`), silently);
    expect(result, call).toMatchObject({ ok: false, error: { code: 'code.threw' } });
  }
});

test('ends what hangs in a built-in, names it, and the worker goes on', async () => {
  const hanging =
    'export function next() { Array.prototype.reverse.call({ length: 2 ** 53 - 1 }) }';
  expect(await remote.run(request(hanging), silently)).toMatchObject({
    ok: false,
    error: { code: 'code.endless' },
  });
  expect(await remote.run(request(golden.source), silently)).toMatchObject({ ok: true });
});

test('ends what takes all memory, and names it', async () => {
  const hungry = 'const a = []; export function next() { for (;;) a.push(new Float64Array(1e6)) }';
  expect(await remote.run(request(hungry), silently)).toMatchObject({
    ok: false,
    error: { code: 'code.memory' },
  });
});

test('can be fetched ahead of the first run', async () => {
  const sandbox = open('code');
  await expect(Comlink.wrap<CodeWorker>(sandbox).warm()).resolves.toBeUndefined();
  sandbox.terminate();
});
