/** The day that a page is left open over. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dayNow, followDay } from './today.ts';

const minuteMs = 60_000;
beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 27, 23, 58) });
});
afterEach(() => {
  vi.useRealTimers();
});

it('becomes the next within a minute of midnight by the clock of the trader', () => {
  let [utc, tokyo] = [dayNow('utc'), dayNow('zone:Asia/Tokyo')];
  const ends = [
    followDay('utc', (day) => (utc = day)),
    followDay('zone:Asia/Tokyo', (day) => (tokyo = day)),
  ];
  expect([utc, tokyo]).toEqual(['2026-11-27', '2026-11-28']);
  vi.advanceTimersByTime(3 * minuteMs);
  expect([utc, tokyo]).toEqual(['2026-11-28', '2026-11-28']);
  vi.advanceTimersByTime(15 * 60 * minuteMs);
  expect([utc, tokyo]).toEqual(['2026-11-28', '2026-11-29']);
  for (const end of ends) end();
});

it('is looked at when the page is come back to, and no more once it is left', () => {
  let today = '';
  const end = followDay('utc', (day) => (today = day));
  // While a device sleeps its timers do too.
  vi.setSystemTime(Date.UTC(2026, 11, 3));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(today).toBe('2026-12-03');
  end();
  vi.setSystemTime(Date.UTC(2026, 11, 9));
  vi.advanceTimersByTime(5 * minuteMs);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(today).toBe('2026-12-03');
});
