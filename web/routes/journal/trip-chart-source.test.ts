/** Which bars a round trip is shown on. */
import { expect, test } from 'vitest';
import type { PriceSeries } from '#core/collections/price-series.ts';
import { seriesAround, timeframesAround } from './trip-chart-source.ts';

const dayMs = 86_400_000;
function series(symbol: string, timeframe: string, days: readonly [number, number]): PriceSeries {
  return {
    ...{ id: `${symbol} ${timeframe}`, symbol, timeframe, digits: 5, bars: 9, hasVolume: false },
    ...{ firstMs: days[0] * dayMs, lastMs: days[1] * dayMs, importedMs: 0, bytes: 1 },
  } as unknown as PriceSeries;
}
const ids = (found: readonly PriceSeries[]) => found.map(({ id }) => id);

test('takes the very symbol, else the same one of another broker, and only where it reaches', () => {
  const own = series('EURUSD', 'M5', [0, 10]);
  const other = series('EURUSD.r', 'M1', [0, 10]);
  const late = series('EURUSD', 'M1', [8, 10]);
  const trip = { symbol: 'EURUSD', openedMs: 5 * dayMs };
  expect(ids(seriesAround([other, own, late], trip))).toEqual(['EURUSD M5']);
  expect(ids(seriesAround([other, late], trip))).toEqual(['EURUSD.r M1']);
  expect(seriesAround([late, series('GBPUSD', 'M1', [0, 10])], trip)).toEqual([]);
});

test('begins in the longest timeframe in which it still has some bars', () => {
  const all = [series('EURUSD', 'M1', [0, 10])];
  expect(timeframesAround(all, 40 * 60_000).best).toBe('M1');
  expect(timeframesAround(all, 30 * 3_600_000).best).toBe('H1');
  expect(timeframesAround(all, 0).best).toBe('M1');
  expect(timeframesAround([], dayMs)).toEqual({ offered: [], best: null });
});
