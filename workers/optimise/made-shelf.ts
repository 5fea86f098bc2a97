/** A few stored series in memory, for tests: hours, minutes and ticks of one symbol, hours of another. */
import type { PriceSeries } from '#core/collections/price-series.ts';
import { sourcesBeside } from '#core/collections/run-sources.ts';
import type { Bars } from '#core/market/bars.ts';
import { barsOfTicks } from '#core/market/bars-of-ticks.ts';
import { makeTicks } from '#core/market/made-ticks.ts';
import type { Ticks } from '#core/market/ticks.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import type { Validation } from '#core/optimise/segments.ts';
import { markOf, type Sweep } from '#core/optimise/sweep.ts';
import { fail, ok } from '#core/result.ts';
import { compileRules } from '#core/rules/compile.ts';
import { openSearchPrices, type TakePrices } from './search-prices.ts';

export type StoredPrices = Readonly<Record<string, Bars | Ticks>>;

/** Some seventeen days. */
export const ticks = makeTicks({ count: 60_000, seed: 3, mostStepMs: 50_000 });
const otherTicks = makeTicks({ count: 50_000, seed: 4, mostStepMs: 60_000 });
export const stored: StoredPrices = {
  'EURUSD.H1': barsOfTicks(ticks, 'H1'),
  'EURUSD.M1': barsOfTicks(ticks, 'M1'),
  'EURUSD.ticks': ticks,
  'GBPUSD.H1': barsOfTicks(otherTicks, 'H1'),
};
export const bars = stored['EURUSD.H1'] as Bars;

export function rowOf(id: string, prices: Bars | Ticks): PriceSeries {
  const [symbol = '', timeframe = ''] = id.split('.');
  const { length, timesMs, scale, digits } = prices;
  const times = { firstMs: timesMs[0]!, lastMs: timesMs.at(-1)! };
  const about = { bars: length, scale, digits, hasAsk: true, hasVolume: false };
  return { id, symbol, timeframe, ...times, ...about, storedBytes: 1, importedMs: 1, sources: [] };
}

/** Takes them as the workers do. */
export function takerOf(prices: StoredPrices): TakePrices {
  const none = fail({ code: 'store.not-found', detail: 'none' } as const);
  return openSearchPrices({
    listSeries: async () => ok(Object.entries(prices).map(([id, one]) => rowOf(id, one))),
    loadBars: async (id) => (prices[id] ? ok(prices[id] as Bars) : none),
    loadTicks: async (id) => (prices[id] ? ok(prices[id] as Ticks) : none),
  });
}

export const crossing = `input fast = 3 from 2 to 5 step 1
input slow = 9 from 7 to 11 step 2
let a = sma(close, fast)
let b = sma(close, slow)
enter long when crosses_above(a, b)
enter short when crosses_below(a, b)
stop 0.0002
target 0.0003
`;
const axes = [
  { name: 'fast', from: 2, to: 5, step: 1 },
  { name: 'slow', from: 7, to: 11, step: 2 },
];

/** A search over them as the page begins it. */
export function searchOf(change: Partial<Sweep>, validation: Validation = { kind: 'none' }): Sweep {
  const sweep = makeSweep(bars, {
    source: crossing,
    axes,
    seriesId: 'EURUSD.H1',
    validation,
    ...change,
  });
  const rows = Object.entries(stored).map(([id, one]) => rowOf(id, one));
  const { symbols } = compileRules(sweep.source).program!;
  const sources = sourcesBeside(rows[0]!, { symbols, settings: sweep.settings }, rows);
  return { ...sweep, beside: sources.ok ? sources.value.map(markOf) : [] };
}
