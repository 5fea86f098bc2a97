/** The prices of a run on the desk: several series, what moves inside bars, what the rules read. */
import { describe, expect, test } from 'vitest';
import type { PriceSeries } from '#core/collections/price-series.ts';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import type { Bars } from '#core/market/bars.ts';
import { barsOfTicks } from '#core/market/bars-of-ticks.ts';
import { sliceTicks, type Ticks } from '#core/market/ticks.ts';
import { makeTicks } from '#core/market/made-ticks.ts';
import { fail, ok } from '#core/result.ts';
import type { BacktestRequest } from './api.ts';
import { threadGuard } from '#workers/code/thread-sandbox.node.ts';
import { openDesk } from './desk.ts';
import type { RunRecord } from './run-record.ts';

/** Some eleven days. */
const ticks = makeTicks({ count: 40_000, seed: 3, mostStepMs: 50_000 });
const otherTicks = makeTicks({ count: 30_000, seed: 4, mostStepMs: 80_000 });
const stored: Record<string, Bars | Ticks> = {
  'EURUSD.H1': barsOfTicks(ticks, 'H1'),
  'EURUSD.M15': barsOfTicks(ticks, 'M15'),
  'EURUSD.M1': barsOfTicks(ticks, 'M1'),
  'EURUSD.ticks': ticks,
  'GBPUSD.H1': barsOfTicks(otherTicks, 'H1'),
};

function rowOf(id: string, importedMs = 1): PriceSeries {
  const [symbol = '', timeframe = ''] = id.split('.');
  const { length, timesMs, scale, digits } = stored[id]!;
  const times = { firstMs: timesMs[0]!, lastMs: timesMs.at(-1)! };
  const about = { bars: length, scale, digits, hasAsk: true, hasVolume: false };
  return { id, symbol, timeframe, ...times, ...about, storedBytes: 1, importedMs, sources: [] };
}

const source = `let a = sma(close, 3)
let b = sma(close, 9)
enter long when crosses_above(a, b)
enter short when crosses_below(a, b)
stop 0.0002
target 0.0002`;

const request = (change: Partial<BacktestRequest> = {}): BacktestRequest => ({
  runId: 'one',
  seriesId: 'EURUSD.H1',
  strategyId: null,
  strategyName: 'crossing',
  source,
  inputs: {},
  settings: defaultSettings,
  ...change,
});
const walking = (path: RunSettings['path'], more: Partial<BacktestRequest> = {}) =>
  request({ settings: { ...defaultSettings, path }, ...more });

function desk(
  ids = Object.keys(stored),
  changed: Readonly<Record<string, Bars | Ticks>> = {},
  importedMs = () => 1,
) {
  const prices = { ...stored, ...changed };
  const saved: RunRecord[] = [];
  const loads: string[] = [];
  const none = fail({ code: 'store.not-found', detail: 'none' } as const);
  const worker = openDesk({
    listSeries: async () => ok(ids.map((id) => rowOf(id, importedMs()))),
    loadBars: async (id) => {
      loads.push(id);
      return ids.includes(id) ? ok(prices[id] as Bars) : none;
    },
    loadTicks: async (id, { fromMs, toMs }) => {
      loads.push(id);
      const own = prices[id] as Ticks;
      const { timesMs } = own;
      const isLate = timesMs[0]! > toMs || timesMs.at(-1)! < fromMs;
      return ids.includes(id) && !isLate ? ok(own) : none;
    },
    guard: threadGuard,
    saveRun: async (record) => {
      saved.push(record);
      return ok(null);
    },
    breathe: async () => undefined,
    nowMs: () => 0,
  });
  const run = async (wanted: BacktestRequest) => {
    const result = await worker.run(wanted, () => undefined);
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
    return saved.at(-1)!;
  };
  const failure = async (wanted: BacktestRequest) => {
    const result = await worker.run(wanted, () => undefined);
    return result.ok ? null : result.error;
  };
  return { run, failure, loads };
}

describe('prices inside bars', () => {
  test('are the finest bars below, and the run says where they came from', async () => {
    const { run, loads } = desk();
    const { run: row, arrays } = await run(walking('lowerTimeframe'));
    const bars = stored['EURUSD.H1']!.length;
    expect(loads).toEqual(['EURUSD.H1', 'EURUSD.M1']);
    expect(row.inner).toEqual({ seriesIds: ['EURUSD.M1'], bars, covered: bars });
    expect(arrays.roundTrips.count).toBeGreaterThan(10);
    const onBars = await run(walking('pessimistic'));
    expect(onBars.run.inner).toBeUndefined();
    expect(row.hash).not.toBe(onBars.run.hash);
  });

  test('are ticks, which leave no round trip in doubt', async () => {
    const { run } = desk();
    const onTicks = await run(walking('ticks'));
    const onBars = await run(walking('pessimistic'));
    expect(onTicks.run.inner).toMatchObject({ seriesIds: ['EURUSD.ticks'] });
    expect(onTicks.run.ambiguousRoundTrips).toBe(0);
    expect(onTicks.run.band).toBeUndefined();
    expect(onBars.run.ambiguousRoundTrips).toBeGreaterThan(0);
    expect(onBars.run.band!.trips).toBe(onBars.run.ambiguousRoundTrips);
    expect(onBars.run.band!.worstEquity).toBeLessThanOrEqual(onBars.run.stats.equityFinal!);
    expect(onBars.run.band!.bestEquity).toBeGreaterThanOrEqual(onBars.run.stats.equityFinal!);
    const { ambiguous, otherProfit } = onBars.arrays.roundTrips;
    expect(Array.from(otherProfit!, Number.isFinite)).toEqual(
      Array.from(ambiguous, (flag) => flag === 1),
    );
  });

  test('that some bars have not are counted', async () => {
    const { run } = desk(undefined, { 'EURUSD.ticks': sliceTicks(ticks, 0, 20_000) });
    const { run: row } = await run(walking('ticks'));
    const hours = new Set(ticks.timesMs.slice(0, 20_000).map((ms) => Math.floor(ms / 3_600_000)));
    expect(row.inner).toMatchObject({ bars: row.bars, covered: hours.size });
    expect(hours.size).toBeLessThan(row.bars);
  });

  test('of another time are none', async () => {
    const late = makeTicks({ count: 50, seed: 5, firstMs: Date.UTC(2024, 0, 1) });
    const { failure } = desk(undefined, {
      'EURUSD.M1': barsOfTicks(late, 'M1'),
      'EURUSD.ticks': late,
    });
    const missing = { code: 'run.inner-missing', figures: { symbol: 'EURUSD' } };
    expect(await failure(walking('lowerTimeframe'))).toMatchObject(missing);
    expect(await failure(walking('ticks'))).toMatchObject(missing);
  });

  test('that are not stored are named', async () => {
    const coarse = desk(['EURUSD.H1']);
    expect(await coarse.failure(walking('lowerTimeframe'))).toMatchObject({
      code: 'run.inner-missing',
      figures: { wanted: 'EURUSD.M1' },
    });
    expect(await coarse.failure(walking('ticks'))).toMatchObject({
      code: 'run.inner-missing',
      figures: { wanted: 'EURUSD.ticks' },
    });
    expect(await coarse.failure(walking('pessimistic'))).toBeNull();
  });

  test('change the hash where they change, and only where they are walked', async () => {
    const { run } = desk();
    const before = await run(walking('lowerTimeframe'));
    const simple = await run(request());
    const minutes = stored['EURUSD.M1'] as Bars;
    const high = minutes.bid.high.slice();
    high[5]! += 1;
    const other = desk(undefined, {
      'EURUSD.M1': { ...minutes, bid: { ...minutes.bid, high } },
    });
    const after = await other.run(walking('lowerTimeframe'));
    const simpleAfter = await other.run(request());
    expect(after.run.hash).not.toBe(before.run.hash);
    expect(simpleAfter.run.hash).toBe(simple.run.hash);
  });
});

describe('several series on one account', () => {
  test('make one run on the times of all', async () => {
    const { run } = desk();
    const alone = await run(request());
    const { run: row, arrays } = await run(request({ portfolio: ['GBPUSD.H1', 'EURUSD.H1'] }));
    const times = new Set([...stored['EURUSD.H1']!.timesMs, ...stored['GBPUSD.H1']!.timesMs]);
    expect(row.portfolio).toEqual(['GBPUSD.H1']);
    expect(row.bars).toBe(times.size);
    expect(Array.from(arrays.timelineMs!)).toEqual([...times].sort((a, b) => a - b));
    expect(arrays.equity).toHaveLength(times.size);
    expect(row.lastMs).toBe(Math.max(...times));
    const { market, entryMs, entryBar, count } = arrays.roundTrips;
    expect(new Set(market)).toEqual(new Set([0, 1]));
    for (let k = 0; k < count; k++) expect(arrays.timelineMs![entryBar[k]!]).toBe(entryMs[k]);
    expect(row.hash).not.toBe(alone.run.hash);
    expect(row.stats.buyHoldReturnPct).toBeCloseTo(alone.run.stats.buyHoldReturnPct!, 10);
    expect(row.stats.avgMae).not.toBeNull();
  });

  test('trade as one alone does while the other stands still', async () => {
    const still = stored['GBPUSD.H1'] as Bars;
    const flat = (column: Bars['bid']['open']) => column.slice().fill(120_000) as Int32Array;
    const { open, high, low, close } = still.bid;
    const bid = { open: flat(open), high: flat(high), low: flat(low), close: flat(close) };
    const ask = bid;
    const { run } = desk(undefined, { 'GBPUSD.H1': { ...still, bid, ask, scale: 100_000 } });
    const alone = await run(request());
    const both = await run(request({ portfolio: ['GBPUSD.H1'] }));
    const told = ({ arrays }: RunRecord) => {
      const { entryMs, exitMs, entryPrice, exitPrice, units, profit } = arrays.roundTrips;
      return { entryMs, exitMs, entryPrice, exitPrice, units, profit };
    };
    expect(told(both)).toEqual(told(alone));
    expect(both.run.stats.equityFinal).toBe(alone.run.stats.equityFinal);
    expect(both.run.stats.avgMae).toBe(alone.run.stats.avgMae);
  });

  test('that are not stored are not traded', async () => {
    const { failure } = desk();
    expect(await failure(request({ portfolio: ['USDJPY.H1'] }))).toMatchObject({
      code: 'store.not-found',
    });
    expect(await failure(request({ portfolio: ['EURUSD.ticks'] }))).toMatchObject({
      code: 'store.not-found',
    });
  });
});

describe('bars of other symbols', () => {
  const reading = source.replace('above(a, b)', 'above(a, b) and close on "GBPUSD" > 0');

  test('are those of the same timeframe, and part of the hash', async () => {
    const { run, loads } = desk();
    const { run: row } = await run(request({ source: reading }));
    expect(row.companions).toEqual(['GBPUSD.H1']);
    expect(loads).toEqual(['EURUSD.H1', 'GBPUSD.H1']);
    const cable = stored['GBPUSD.H1'] as Bars;
    const close = cable.bid.close.slice();
    close[9]! += 1;
    const other = desk(undefined, { 'GBPUSD.H1': { ...cable, bid: { ...cable.bid, close } } });
    const after = await other.run(request({ source: reading }));
    expect(after.run.hash).not.toBe(row.hash);
    expect(after.arrays.equity).toEqual((await run(request({ source: reading }))).arrays.equity);
  });

  test('that are not stored are named', async () => {
    const { failure } = desk(['EURUSD.H1', 'EURUSD.M1']);
    expect(await failure(request({ source: reading }))).toMatchObject({
      code: 'run.symbol-missing',
      figures: { symbol: 'GBPUSD', timeframe: 'H1' },
    });
  });
});

describe('prices that are kept', () => {
  test('serve the next run, until what is stored has changed', async () => {
    let importedMs = 1;
    const { run, loads } = desk(undefined, {}, () => importedMs);
    const first = await run(walking('ticks'));
    const again = await run(walking('ticks'));
    expect(again.run.hash).toBe(first.run.hash);
    expect(loads).toEqual(['EURUSD.H1', 'EURUSD.ticks']);
    importedMs = 2;
    await run(walking('ticks'));
    expect(loads).toEqual(['EURUSD.H1', 'EURUSD.ticks', 'EURUSD.H1', 'EURUSD.ticks']);
  });

  test('are those of the latest run alone', async () => {
    const { run, loads } = desk();
    await run(request());
    await run(request({ seriesId: 'GBPUSD.H1' }));
    await run(request());
    expect(loads).toEqual(['EURUSD.H1', 'GBPUSD.H1', 'EURUSD.H1']);
  });
});
