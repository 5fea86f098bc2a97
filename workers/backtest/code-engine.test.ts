/** A strategy in code from its text to a stored run: the same as rules that mean the same. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PriceSeries } from '#core/collections/price-series.ts';
import { defaultSettings, parseSettings, type RunSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { fail, ok } from '#core/result.ts';
import { parseBars } from '#workers/import/parse.ts';
import golden from '../../tests/golden/regression/code-run.json' with { type: 'json' };
import { threadGuard } from '#workers/code/thread-sandbox.node.ts';
import type { BacktestRequest } from './api.ts';
import { codeBacktest } from './code-engine.ts';
import { openDesk } from './desk.ts';
import { backtest, type FinishedRun } from './engine.ts';
import type { RunRecord } from './run-record.ts';

const bars = makeBars({ count: 3000, seed: 4 });
const market = { symbol: 'EURUSD', bars, inner: null };
const patient = { timeout: 30_000 };

const code = `export const inputs = { fast: 10, slow: 30 };
let fast, slow, index;
export function init(ctx) {
  fast = ctx.indicator('sma', ctx.close, ctx.inputs.fast);
  slow = ctx.indicator('sma', ctx.close, ctx.inputs.slow);
  index = ctx.indicator('rsi', ctx.close, 14);
}
export function next(ctx) {
  const close = ctx.close.now;
  if (ctx.position?.side === 'long' && index.now > 70) ctx.exit();
  if (ctx.crossesAbove(fast, slow)) ctx.buy({ equityPart: 0.5, stop: close * 0.99, target: close * 1.02 });
  else if (ctx.crossesBelow(fast, slow)) ctx.sell({ equityPart: 0.5, stop: close * 1.01, target: close * 0.98 });
}`;

const rules = `input fast = 10
input slow = 30
let a = sma(close, fast)
let b = sma(close, slow)
enter long when crosses_above(a, b)
enter short when crosses_below(a, b)
exit long when rsi(close, 14) > 70
stop 1% of close
target 2% of close
size 50% of equity`;

async function runCode(settings: RunSettings, source = code): Promise<FinishedRun> {
  const steps = codeBacktest(
    { markets: [market], source, inputs: { fast: 8 }, settings },
    threadGuard,
  );
  const result = await lastOf(steps);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

async function lastOf(steps: ReturnType<typeof codeBacktest>) {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await step.value.until;
  }
}

function runRules(settings: RunSettings): FinishedRun {
  const steps = backtest({ bars, source: rules, inputs: { fast: 8 }, settings });
  for (;;) {
    const step = steps.next();
    if (!step.done) continue;
    if (step.value.ok) return step.value.value;
    throw new Error(step.value.error.detail);
  }
}

describe('code that means what rules mean', patient, () => {
  test.each<[string, Partial<RunSettings>]>([
    ['at the next open', {}],
    ['at the close', { fill: 'close' }],
    [
      'with costs, in whole cents',
      { commission: { fixed: 1, rate: 1e-4, perLot: 0, minimum: 0 }, rounding: 'account' },
    ],
    ['closed at the end, in parts of units', { closeAtEnd: true, units: 'fractional' }],
  ])('comes to the same round trips and the same equity %s', async (_, change) => {
    const settings: RunSettings = { ...defaultSettings, exclusive: true, ...change };
    const [ours, theirs] = [await runCode(settings), runRules(settings)];
    expect(ours.warmupBars).toBe(theirs.warmupBars);
    expect(ours.outcome.roundTrips.count).toBeGreaterThan(30);
    for (const column of [
      'entryBar',
      'exitBar',
      'entryPrice',
      'exitPrice',
      'units',
      'profit',
    ] as const) {
      expect(ours.outcome.roundTrips[column], column).toEqual(theirs.outcome.roundTrips[column]);
    }
    expect(ours.outcome.equity).toEqual(theirs.outcome.equity);
    expect(ours.stats).toEqual(theirs.stats);
  });

  test('has a hash of its own text, the same each time', async () => {
    const first = await runCode(defaultSettings);
    expect((await runCode(defaultSettings)).hash).toBe(first.hash);
    expect((await runCode(defaultSettings, `${code}\n`)).hash).not.toBe(first.hash);
    expect(first.inputs).toEqual({ fast: 8, slow: 30 });
  });
});

test('the sample run has the hash on record', patient, async () => {
  const file = new URL('../../node_modules/vega-datasets/data/sp500-2000.csv', import.meta.url);
  const parsed = parseBars(readFileSync(file), 'sp500-2000.csv');
  const given = parseSettings(golden.settings);
  if (!parsed.ok || !given.ok) throw new Error('the sample cannot be read');
  const markets = [{ symbol: 'SP500', bars: parsed.value.bars, inner: null }];
  const steps = codeBacktest({ markets, source: golden.source, ...given.value }, threadGuard);
  expect(await lastOf(steps)).toMatchObject({ ok: true, value: { hash: golden.hash } });
});

test('a second instrument is refused', () => {
  const input = { markets: [market, market], source: code, inputs: {}, settings: defaultSettings };
  expect(codeBacktest(input, threadGuard).next()).toMatchObject({
    value: { ok: false, error: { code: 'code.single-market' } },
  });
});

describe('on the desk', patient, () => {
  const request: BacktestRequest = {
    runId: 'one',
    seriesId: 'EURUSD.H1',
    strategyId: null,
    strategyName: 'crossing',
    language: 'code',
    source: "export function next(ctx) { if (ctx.bar === 9) { console.log('nine'); ctx.buy(); } }",
    inputs: {},
    settings: { ...defaultSettings, closeAtEnd: true },
  };

  const row: PriceSeries = {
    ...{ id: 'EURUSD.H1', symbol: 'EURUSD', timeframe: 'H1', bars: 3000, firstMs: 0, lastMs: 1 },
    ...{ digits: 5, scale: 100_000, hasAsk: false, hasVolume: false, storedBytes: 1 },
    ...{ importedMs: 1, sources: [] },
  };

  function desk() {
    const saved: RunRecord[] = [];
    const worker = openDesk({
      listSeries: async () => ok([row]),
      loadBars: async () => ok(bars),
      loadTicks: async () => fail({ code: 'store.not-found', detail: 'none' }),
      guard: threadGuard,
      saveRun: async (record) => {
        saved.push(record);
        return ok(null);
      },
      breathe: () => new Promise((resolve) => setTimeout(resolve)),
      nowMs: () => performance.now(),
    });
    return { worker, saved };
  }

  test('the run is stored with what it is written in and what it wrote', async () => {
    const { worker, saved } = desk();
    expect(await worker.run(request, () => undefined)).toMatchObject({ ok: true });
    expect(saved[0]?.run).toMatchObject({ language: 'code', log: ['nine'], roundTrips: 1 });
  });

  test('a failure says where in the text, and nothing is stored', async () => {
    const { worker, saved } = desk();
    const source = 'export function next(ctx) {\n  ctx.bay();\n}';
    expect(await worker.run({ ...request, source }, () => undefined)).toMatchObject({
      ok: false,
      error: { code: 'code.threw', problems: [{ line: 2, severity: 'error' }] },
    });
    expect(saved).toEqual([]);
  });

  test('a run that is cancelled ends at once, whatever it is busy with', async () => {
    const { worker, saved } = desk();
    const source =
      'export function next() { Array.prototype.reverse.call({ length: 2 ** 53 - 1 }) }';
    const running = worker.run({ ...request, source }, ({ stage }) => {
      if (stage === 'trading') void worker.cancel('one');
    });
    expect(await running).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
    expect(saved).toEqual([]);
  });
});
