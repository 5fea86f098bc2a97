import { expect, it } from 'vitest';
import type { PriceSeries } from '#core/collections/price-series.ts';
import { innerChoices } from './inner-choices.ts';

const series = (symbol: string, timeframe: string): PriceSeries => ({
  id: `${symbol}.${timeframe}`,
  symbol,
  timeframe,
  bars: 2,
  firstMs: 0,
  lastMs: 1,
  digits: 5,
  scale: 1e5,
  hasAsk: false,
  hasVolume: false,
  storedBytes: 1,
  importedMs: 0,
  sources: [],
});

it('offers the finest bars below the chosen ones, of the same symbol only', () => {
  const [hour, minute, other] = [
    series('EURUSD', 'H1'),
    series('EURUSD', 'M1'),
    series('GBPUSD', 'S1'),
  ];
  const stored = [hour, series('EURUSD', 'M15'), minute, other, series('EURUSD', 'D1')];
  expect(innerChoices(hour, stored)).toEqual({ timeframe: 'M1', ticks: false });
  expect(innerChoices(minute, stored)).toEqual({ timeframe: null, ticks: false });
  expect(innerChoices(undefined, stored)).toEqual({ timeframe: null, ticks: false });
});

it('knows where ticks of the symbol are stored, which are no timeframe', () => {
  const hour = series('EURUSD', 'H1');
  expect(innerChoices(hour, [hour, series('EURUSD', 'ticks')])).toEqual({
    timeframe: null,
    ticks: true,
  });
  expect(innerChoices(hour, [hour, series('GBPUSD', 'ticks')]).ticks).toBe(false);
});
