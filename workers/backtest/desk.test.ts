/** A backtest on the worker's desk: reported, cancelled, stored once or not at all. */
import { describe, expect, test } from 'vitest';
import type { PriceSeries } from '#core/collections/price-series.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { fail, ok } from '#core/result.ts';
import type { BacktestProgress, BacktestRequest } from './api.ts';
import { threadGuard } from '#workers/code/thread-sandbox.node.ts';
import { openDesk, type DeskPorts } from './desk.ts';
import type { RunRecord } from './run-record.ts';

const bars = makeBars({ count: 2000, seed: 7 });
/** What the store knows of a series; `change` tells of another import. */
const row = (id: string, change: Partial<PriceSeries> = {}): PriceSeries => {
  const [symbol = '', timeframe = ''] = id.split('.');
  return {
    id,
    symbol,
    timeframe,
    bars: 2000,
    firstMs: 0,
    lastMs: 1,
    digits: 5,
    scale: 100_000,
    hasAsk: false,
    hasVolume: false,
    storedBytes: 1,
    importedMs: 1,
    sources: [],
    ...change,
  };
};
const request: BacktestRequest = {
  runId: 'one',
  seriesId: 'EURUSD.H1',
  strategyId: null,
  strategyName: 'crossing',
  source: `input fast = 5
let a = sma(close, fast)
let b = sma(close, 20)
enter long when crosses_above(a, b)
enter short when crosses_below(a, b)
stop 1% of close
target 2% of close`,
  inputs: { fast: 8 },
  settings: defaultSettings,
};

/** Every look at the clock takes a second, so that the desk listens after every step. */
function desk(change: Partial<DeskPorts> = {}) {
  const saved: RunRecord[] = [];
  let clockMs = 0;
  const ports: DeskPorts = {
    listSeries: async () => ok([row('EURUSD.H1')]),
    loadBars: async () => ok(bars),
    loadTicks: async () => fail({ code: 'store.not-found', detail: 'none' }),
    guard: threadGuard,
    saveRun: async (record) => {
      saved.push(record);
      return ok(null);
    },
    breathe: async () => undefined,
    nowMs: () => (clockMs += 1000),
    ...change,
  };
  return { worker: openDesk(ports), saved };
}

describe('the desk', () => {
  test('stores a finished run with all that proves it', async () => {
    const { worker, saved } = desk();
    const result = await worker.run(request, () => undefined);
    const { run, arrays } = saved[0]!;
    expect(result).toEqual(ok({ runId: 'one', hash: run.hash }));
    expect(run.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(run).toMatchObject({ id: 'one', bars: 2000, warmupBars: 19, inputs: { fast: 8 } });
    expect(run.roundTrips).toBe(run.stats.roundTrips);
    expect(arrays.roundTrips.count).toBeGreaterThan(20);
    expect(arrays.roundTrips.exitMs[0]).toBe(bars.timesMs[arrays.roundTrips.exitBar[0]!]);
    expect(arrays.equity.at(-1)).toBe(run.stats.equityFinal);
  });

  test('reports shares that rise to the whole, through every stage', async () => {
    const { worker } = desk();
    const heard: BacktestProgress[] = [];
    await worker.run(request, (progress) => heard.push(progress));
    const ratios = heard.map(({ ratio }) => ratio);
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b));
    expect(ratios.at(-1)).toBe(1);
    expect(new Set(heard.map(({ stage }) => stage))).toEqual(
      new Set(['loading', 'indicators', 'trading', 'statistics', 'saving']),
    );
  });

  test.each(['loading', 'indicators', 'trading', 'statistics', 'saving'] as const)(
    'stores nothing when cancelled while %s',
    async (stage) => {
      const { worker, saved } = desk();
      let told = false;
      const result = await worker.run(request, (progress) => {
        if (progress.stage !== stage || told) return;
        told = true;
        void worker.cancel('one');
      });
      expect(result).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
      expect(saved).toEqual([]);
    },
  );

  test('forgets a cancel once its run is over', async () => {
    const { worker, saved } = desk();
    await worker.run(request, () => void worker.cancel('one'));
    await worker.cancel('one');
    expect((await worker.run(request, () => undefined)).ok).toBe(true);
    expect(saved).toHaveLength(1);
  });

  test('cancels one run and leaves another alone', async () => {
    const { worker, saved } = desk();
    const other = { ...request, runId: 'two' };
    const results = await Promise.all([
      worker.run(request, () => void worker.cancel('one')),
      worker.run(other, () => undefined),
    ]);
    expect(results.map(({ ok: done }) => done)).toEqual([false, true]);
    expect(saved.map(({ run }) => run.id)).toEqual(['two']);
  });

  test('passes on what goes wrong at either end of the run', async () => {
    const full = fail({ code: 'store.full', detail: 'no room' } as const);
    const missing = fail({ code: 'store.not-found', detail: 'no such series' } as const);
    const unsaved = desk({ saveRun: async () => full });
    expect(await unsaved.worker.run(request, () => undefined)).toEqual(full);
    const unloaded = desk({ loadBars: async () => missing });
    expect(await unloaded.worker.run(request, () => undefined)).toEqual(missing);
  });

  test('explains a rule text that does not compile', async () => {
    const { worker, saved } = desk();
    const result = await worker.run({ ...request, source: 'enter long when clse > 1' }, () => {});
    expect(result).toMatchObject({ ok: false, error: { code: 'rules.invalid' } });
    const problems = result.ok ? [] : (result.error.problems ?? []);
    expect(problems[0]).toMatchObject({ line: 1, column: 17 });
    expect(saved).toEqual([]);
  });

  test('refuses a rule text that is longer than any strategy', async () => {
    const { worker } = desk();
    const result = await worker.run({ ...request, source: '#'.repeat(1e6) }, () => undefined);
    expect(result).toMatchObject({ ok: false, error: { code: 'rules.too-long' } });
  });

  test('refuses an input that the rules have not', async () => {
    const { worker } = desk();
    const result = await worker.run({ ...request, inputs: { fst: 3 } }, () => undefined);
    expect(result).toMatchObject({ ok: false, error: { code: 'run.input-unknown' } });
  });

  test('says when the rules would never act', async () => {
    const { worker } = desk({ loadBars: async () => ok(makeBars({ count: 20, seed: 1 })) });
    const result = await worker.run(request, () => undefined);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'run.too-few-bars', figures: { bars: 20, warmupBars: 19 } },
    });
  });
});
