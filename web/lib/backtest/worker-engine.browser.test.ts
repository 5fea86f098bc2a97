/** The worker of a backtest: kept for the next run, replaced when it had to be ended. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import type { BacktestRequest } from '#workers/backtest/api.ts';
import { saveBars } from '#workers/store/save-bars.ts';
import { database } from '../state/database.ts';
import { openWorkerEngine } from './worker-engine.ts';

const Original = globalThis.Worker;
let started: number;

beforeEach(async () => {
  started = 0;
  globalThis.Worker = class extends Original {
    constructor(...given: ConstructorParameters<typeof Original>) {
      super(...given);
      started++;
    }
  };
  await Promise.all(database.tables.map((table) => table.clear()));
  const source = { fileName: 'a.csv', format: 'generic', zone: 'UTC', problems: 0 };
  const bars = makeBars({ count: 3000, seed: 1 });
  const saved = await saveBars(database, {
    ...{ symbol: 'EURUSD', timeframe: 'H1', bars, source },
    ...{ onConflict: 'keep', nowMs: 1 },
  });
  expect(saved.ok).toBe(true);
});
afterEach(() => {
  globalThis.Worker = Original;
});

const request = (runId: string): BacktestRequest => ({
  runId,
  seriesId: 'EURUSD.H1',
  strategyId: null,
  strategyName: 'Cross',
  source: 'enter long when close > open\nexit long when close < open',
  inputs: {},
  settings: defaultSettings,
});

async function runOnce(runId: string): Promise<string> {
  const engine = openWorkerEngine();
  const result = await engine.run(request(runId), () => undefined);
  engine.stop();
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value.hash;
}

test('one worker serves one run after another, and a worker that was ended serves none', async () => {
  const first = await runOnce('a');
  expect(await runOnce('b')).toBe(first);
  expect(started).toBe(1);

  const engine = openWorkerEngine();
  const under = engine.run(request('c'), () => undefined);
  engine.stop();
  expect(await under).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
  expect(started).toBe(1);
  expect(await runOnce('d')).toBe(first);
  expect(started).toBe(2);
});
