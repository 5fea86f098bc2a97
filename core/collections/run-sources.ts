/** Which of the stored series a run reads beside its bars: inside these, and of other symbols. */
import type { Failure } from '../errors.ts';
import { innerKind } from '../execution/asked-prices.ts';
import type { RunSettings } from '../execution/settings.ts';
import { timeframeMs } from '../market/timeframe.ts';
import { fail, ok, type Result } from '../result.ts';
import { isTickSeries, TICKS, type PriceSeries } from './price-series.ts';

/**
 * The series that a run on `row` reads beside it, each once, in an order of its own.
 *
 * Errors: `run.inner-missing` and `run.symbol-missing`, which name what to import.
 */
export function sourcesBeside(
  row: PriceSeries,
  asked: { readonly symbols: readonly string[]; readonly settings: RunSettings },
  stored: readonly PriceSeries[],
): Result<readonly PriceSeries[], Failure> {
  const inner = innerSource(row, stored, asked.settings);
  if (!inner.ok) return inner;
  const found = inner.value ? [inner.value] : [];
  for (const symbol of asked.symbols) {
    const companion = companionOf(symbol, stored, row.id);
    if (!companion.ok) return companion;
    found.push(companion.value);
  }
  return ok(found);
}

/** The series whose prices the path of the settings walks; null = it walks none. */
export function innerSource(
  row: PriceSeries,
  stored: readonly PriceSeries[],
  settings: RunSettings,
): Result<PriceSeries | null, Failure> {
  const kind = innerKind(settings);
  if (kind === null) return ok(null);
  const own = stored.filter(({ symbol }) => symbol === row.symbol);
  const found = kind === 'ticks' ? own.find(isTickSeries) : finestBelow(row, own);
  if (found) return ok(found);
  return innerMissing(row, `${row.symbol}.${kind === 'ticks' ? TICKS : 'M1'}`);
}

function finestBelow(row: PriceSeries, own: readonly PriceSeries[]): PriceSeries | undefined {
  const lengthMs = (each: PriceSeries) => timeframeMs(each.timeframe) ?? Infinity;
  return own
    .filter((each) => lengthMs(each) < lengthMs(row))
    .toSorted((a, b) => lengthMs(a) - lengthMs(b))[0];
}

/** The bars of another symbol, of the timeframe of the run. */
export function companionOf(
  symbol: string,
  stored: readonly PriceSeries[],
  seriesId: string,
): Result<PriceSeries, Failure> {
  const timeframe = stored.find(({ id }) => id === seriesId)!.timeframe;
  const found = stored.find((row) => row.symbol === symbol && row.timeframe === timeframe);
  if (found) return ok(found);
  const detail = `The rules read ${symbol}, of which no ${timeframe} bars are stored here: import them.`;
  return fail({ code: 'run.symbol-missing', detail, figures: { symbol, timeframe } });
}

export function innerMissing(row: PriceSeries, wanted: string): Result<never, Failure> {
  const { symbol } = row;
  const detail = `Nothing stored moves inside the bars of ${row.id} in their time: import ${wanted}.`;
  return fail({ code: 'run.inner-missing', detail, figures: { symbol, wanted } });
}
