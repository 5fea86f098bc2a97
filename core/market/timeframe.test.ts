import { expect, test } from 'vitest';
import { inferTimeframe, parseTimeframe, timeframeFits, timeframeMs } from './timeframe.ts';

const HOUR_MS = 3_600_000;
const every = (count: number, stepMs: number) =>
  Float64Array.from({ length: count }, (_, i) => Date.UTC(2024, 0, 1) + i * stepMs);

test('knows every name of a timeframe', () => {
  const spellings: Record<string, string[]> = {
    M1: ['M1', 'm1', '1', '1m', '1 min', 'minute'],
    M15: ['M15', '15', '15min', '15 mins'],
    H1: ['H1', '60', '1h', 'M60', '1Hour', 'hourly', '60m'],
    H4: ['H4', '240', '4h', '4 hours'],
    D1: ['D1', 'D', '1D', 'daily', 'H24', '1440'],
    W1: ['W1', '1W', 'weekly', 'D7'],
    MN1: ['MN1', '1Mo', 'monthly', '1 month'],
  };
  for (const [name, texts] of Object.entries(spellings)) {
    for (const text of texts) expect([text, parseTimeframe(text)]).toEqual([text, name]);
  }
  for (const text of ['', 'x', 'H0', '0', 'M-1', 'EURUSD', '90000', 'H1.5']) {
    expect([text, parseTimeframe(text)]).toEqual([text, null]);
  }
});

test('lasts as long as its name says', () => {
  expect(timeframeMs('M30')).toBe(HOUR_MS / 2);
  expect(timeframeMs('H4')).toBe(4 * HOUR_MS);
  expect(timeframeMs('h4')).toBeNull();
});

test('is told by the most frequent distance, over weekends and summer time', () => {
  expect(inferTimeframe(every(100, HOUR_MS))).toBe('H1');
  const days = every(100, 24 * HOUR_MS).filter((_, i) => i % 7 < 5);
  expect(inferTimeframe(days)).toBe('D1');
  expect(inferTimeframe(days.map((ms, i) => (i > 50 ? ms - HOUR_MS : ms)))).toBe('D1');
  expect(inferTimeframe(every(30, 168 * HOUR_MS))).toBe('W1');
  const months = Float64Array.from({ length: 30 }, (_, i) => Date.UTC(2020, i));
  expect(inferTimeframe(months)).toBe('MN1');
  expect(inferTimeframe(every(1, 1))).toBeNull();
  expect(inferTimeframe(every(100, 12_345))).toBeNull();
});

test('does not fit bars that come faster, or much slower', () => {
  expect(timeframeFits(every(100, HOUR_MS), 'H1')).toBe(true);
  expect(timeframeFits(every(100, HOUR_MS), 'H4')).toBe(false);
  expect(timeframeFits(every(100, HOUR_MS), 'M1')).toBe(false);
  expect(timeframeFits(every(3, HOUR_MS), 'M1')).toBe(true);
  expect(timeframeFits(every(3, HOUR_MS), 'nonsense')).toBe(false);
});
