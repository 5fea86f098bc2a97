/** Times and spans as people read them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  aheadMs,
  agoText,
  daysText,
  durationText,
  timeText,
  zoneLabel,
  zoneOfOffset,
} from './times.ts';

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

test('a time in a zone follows its summer time, and a fixed offset never does', () => {
  const [winter, summer] = [Date.UTC(2024, 0, 8, 13, 5), Date.UTC(2024, 6, 8, 13, 5)];
  expect(timeText(winter, 'zone:Europe/Athens')).toBe('2024-01-08 15:05');
  expect(timeText(summer, 'zone:Europe/Athens')).toBe('2024-07-08 16:05');
  const turn = Date.UTC(2024, 2, 31, 1);
  expect(timeText(turn - 60_000, 'zone:Europe/Athens')).toBe('2024-03-31 02:59');
  expect(timeText(turn, 'zone:Europe/Athens')).toBe('2024-03-31 04:00');
  expect(timeText(summer, 'zone:+02:00')).toBe('2024-07-08 15:05');
  expect(timeText(summer, 'zone:America/New_York+07:00')).toBe('2024-07-08 16:05');
  expect(timeText(summer, 'zone:Nowhere/At_All')).toBe('2024-07-08 13:05');
});

test('what is kept of a zone is what the platform says of each instant', () => {
  const places = ['America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Asia/Jakarta'];
  const span = { min: Date.UTC(1990, 0), max: Date.UTC(2037, 0) };
  // Clocks are turned in the first and last weeks of March, April, October and November.
  const turning = fc
    .tuple(
      fc.integer({ min: 1990, max: 2036 }),
      fc.constantFrom(2, 3, 9, 10),
      fc.integer({ min: -7 * 24 * 60, max: 14 * 24 * 60 }),
    )
    .map(([year, month, minutes]) => Date.UTC(year, month, 1, 0, minutes));
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.oneof(fc.integer(span), turning), (place, ms) => {
      const clock = new Intl.DateTimeFormat('sv-SE', {
        ...{ timeZone: place, dateStyle: 'short', timeStyle: 'medium' },
      }).format(ms);
      expect(timeText(ms, `zone:${place}`, { seconds: true })).toBe(clock);
    }),
  );
});

test('a column of times is headed by whose clock it is', () => {
  const heads = (['utc', 'local', 'zone:America/New_York', 'zone:-05:00'] as const).map(zoneLabel);
  expect(heads).toEqual(['UTC', 'local', 'New York', 'UTC-05:00']);
  expect(zoneLabel('zone:America/New_York+07:00')).toBe('server');
  expect(aheadMs(0, 'zone:-05:00')).toBe(-18_000_000);
});

test('a broker’s clock, heard over a slow line, is a zone of full quarters', () => {
  expect(zoneOfOffset(3 * 3_600_000 - 1_400)).toBe('+03:00');
  expect(zoneOfOffset(-4.5 * 3_600_000 + 900)).toBe('-04:30');
  expect(zoneOfOffset(0)).toBe('+00:00');
  expect(zoneOfOffset(null)).toBeNull();
  expect(timeText(0, `zone:${zoneOfOffset(-4.5 * 3_600_000)}`)).toBe('1969-12-31 19:30');
});
