/** Times and spans as people read them. */
import { expect, test } from 'vitest';
import { agoText, daysText, durationText, timeText } from './times.ts';

test('a time is shown in UTC to the minute, or to the day', () => {
  const ms = Date.UTC(2014, 4, 8, 13, 5, 9);
  expect(timeText(ms, 'utc')).toBe('2014-05-08 13:05');
  expect(timeText(ms, 'utc', { dateOnly: true })).toBe('2014-05-08');
  expect(timeText(ms, 'utc', { seconds: true })).toBe('2014-05-08 13:05:09');
});

test('a span within one day is named by that day', () => {
  const ms = Date.UTC(2014, 4, 8);
  expect(daysText(ms, ms + 86_399_999)).toBe('2014-05-08');
  expect(daysText(ms, ms + 86_400_000)).toBe('2014-05-08 to 2014-05-09');
});

test('a span is shown in its two largest units', () => {
  expect(durationText(40)).toBe('40 ms');
  expect(durationText(12_400)).toBe('12 s');
  expect(durationText(3_600_000 * 5 + 60_000 * 7)).toBe('5 h 7 min');
  expect(durationText(86_400_000 * 3)).toBe('3 d');
});

test('what is long past is named by its date', () => {
  const now = Date.UTC(2024, 0, 10);
  expect(agoText(now - 30_000, now, 'utc')).toBe('just now');
  expect(agoText(now - 7_200_000, now, 'utc')).toBe('2 h ago');
  expect(agoText(Date.UTC(2023, 11, 1), now, 'utc')).toBe('2023-12-01');
});
