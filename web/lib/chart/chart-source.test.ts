/** Which stored series a timeframe is shown from. */
import { expect, test } from 'vitest';
import { nearestTimeframe, seriesFor, timeframesOf } from './chart-source.ts';

const stored = ['EURUSD M1', 'EURUSD H1', 'EURUSD ticks', 'GOLD D1'].map((each) => {
  const [symbol = '', timeframe = ''] = each.split(' ');
  return { symbol, timeframe };
});

test('its own, else the longest that it can be made of, and never ticks', () => {
  const of = (symbol: string, timeframe: string) => seriesFor(stored, symbol, timeframe)?.timeframe;
  expect(of('EURUSD', 'H1')).toBe('H1');
  expect(of('EURUSD', 'D1')).toBe('H1');
  expect(of('EURUSD', 'M30')).toBe('M1');
  expect(of('GOLD', 'H4')).toBeUndefined();
  expect(of('SILVER', 'D1')).toBeUndefined();
});

test('offers what can be shown, the shortest first, and turns to the nearest of it', () => {
  expect(timeframesOf(stored, 'GOLD')).toEqual(['D1', 'W1', 'MN1']);
  expect(timeframesOf(stored, 'EURUSD')[0]).toBe('M1');
  expect(nearestTimeframe(['D1', 'W1', 'MN1'], 'H4')).toBe('D1');
  expect(nearestTimeframe(['M1', 'M5'], 'H4')).toBe('M5');
  expect(nearestTimeframe([], 'H4')).toBeNull();
});
