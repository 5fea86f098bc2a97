import { expect, test } from 'vitest';
import { findGaps } from './gaps.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Monday. */
const START_MS = Date.UTC(2024, 0, 1);

/** Open times of a currency market: Sunday 22:00 to Friday 22:00. */
function currencyBars(weeks: number, stepMs: number): Float64Array {
  const times: number[] = [];
  for (let ms = START_MS; ms < START_MS + weeks * 7 * DAY_MS; ms += stepMs) {
    const hourOfWeek = ((ms - START_MS) / HOUR_MS) % 168;
    if (hourOfWeek < 118 || hourOfWeek >= 166) times.push(ms);
  }
  return Float64Array.from(times);
}
const without = (times: Float64Array, fromMs: number, toMs: number) =>
  times.filter((ms) => ms < fromMs || ms >= toMs);

test('weekends of a currency market are no gaps, on any timeframe', () => {
  for (const [name, stepMs] of [
    ['M1', MINUTE_MS],
    ['M15', 15 * MINUTE_MS],
    ['H1', HOUR_MS],
    ['H4', 4 * HOUR_MS],
  ] as const) {
    expect(findGaps(currencyBars(8, stepMs), name)).toEqual([]);
  }
  expect(findGaps(currencyBars(1.8, HOUR_MS), 'H1')).toEqual([]);
});

test('missing hours inside the week are a gap with their number', () => {
  const fromMs = START_MS + 15 * DAY_MS;
  const times = without(currencyBars(8, HOUR_MS), fromMs, fromMs + 5 * HOUR_MS);
  expect(findGaps(times, 'H1')).toEqual([
    { index: times.indexOf(fromMs + 5 * HOUR_MS), missing: 5 },
  ]);
});

test('a quiet minute is no gap and half an hour is one', () => {
  const bars = currencyBars(4, MINUTE_MS);
  const fromMs = START_MS + 8 * DAY_MS;
  expect(findGaps(without(bars, fromMs, fromMs + 3 * MINUTE_MS), 'M1')).toEqual([]);
  expect(findGaps(without(bars, fromMs, fromMs + 40 * MINUTE_MS), 'M1')).toMatchObject([
    { missing: 40 },
  ]);
});

test('nights and weekends of an exchange are no gaps', () => {
  const times = Float64Array.from({ length: 60 * 7 }, (_, i) => {
    const day = Math.floor(i / 7);
    return START_MS + (Math.floor(day / 5) * 7 + (day % 5)) * DAY_MS + (14 + (i % 7)) * HOUR_MS;
  });
  expect(findGaps(times, 'H1')).toEqual([]);
});

test('holidays are no gaps of daily bars and two weeks are', () => {
  const days = Float64Array.from({ length: 100 }, (_, i) => START_MS + i * DAY_MS).filter(
    (ms) => (ms - START_MS) % (7 * DAY_MS) < 5 * DAY_MS,
  );
  const holiday = without(days, START_MS + 21 * DAY_MS, START_MS + 23 * DAY_MS);
  expect(findGaps(holiday, 'D1')).toEqual([]);
  const closed = without(days, START_MS + 21 * DAY_MS, START_MS + 35 * DAY_MS);
  expect(findGaps(closed, 'D1')).toMatchObject([{ missing: 10 }]);
});

test('a missing week or month is a gap', () => {
  const weeks = Float64Array.of(0, 7, 14, 28).map((day) => START_MS + day * DAY_MS);
  expect(findGaps(weeks, 'W1')).toEqual([{ index: 3, missing: 1 }]);
  const months = Float64Array.from([0, 1, 2, 5], (month) => Date.UTC(2024, month));
  expect(findGaps(months, 'MN1')).toEqual([{ index: 3, missing: 2 }]);
});

test('years without a bar are a gap although no hour of theirs was ever open', () => {
  const bars = currencyBars(8, HOUR_MS);
  const later = bars.map((ms) => ms + 52 * 7 * 4 * DAY_MS);
  const gaps = findGaps(Float64Array.from([...bars, ...later]), 'H1');
  expect(gaps).toHaveLength(1);
  expect(gaps[0]!.missing).toBeGreaterThan(20_000);
});
