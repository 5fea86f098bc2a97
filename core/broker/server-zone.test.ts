/** The clock of a broker's server through the year. */
import { expect, test } from 'vitest';
import { serverOfUtc, serverZone, utcOfServer } from './server-zone.ts';

const HOUR_MS = 3_600_000;
const winterMs = Date.UTC(2026, 0, 15);
const summerMs = Date.UTC(2026, 6, 15);
/** Summer time in New York, not yet in Europe. */
const betweenMs = Date.UTC(2026, 2, 16);

test('of a usual broker changes on the days of New York, whenever it is measured', () => {
  for (const [nowMs, hours] of [
    [winterMs, 2],
    [summerMs, 3],
    [betweenMs, 3],
  ] as const) {
    const zone = serverZone({ offsetMs: hours * HOUR_MS + 400, nowMs }, 'with-seasons');
    expect(serverOfUtc(winterMs, zone) - winterMs).toBe(2 * HOUR_MS);
    expect(serverOfUtc(summerMs, zone) - summerMs).toBe(3 * HOUR_MS);
    expect(serverOfUtc(betweenMs, zone) - betweenMs).toBe(3 * HOUR_MS);
  }
});

test('of one that follows Europe is told between the changes of the two', () => {
  const zone = serverZone({ offsetMs: 2 * HOUR_MS, nowMs: betweenMs }, 'with-seasons');
  expect(serverOfUtc(summerMs, zone) - summerMs).toBe(3 * HOUR_MS);
  expect(serverOfUtc(betweenMs, zone) - betweenMs).toBe(2 * HOUR_MS);
});

test('of any other never changes, and is measured to the quarter of an hour', () => {
  const odd = serverZone({ offsetMs: 5.5 * HOUR_MS - 20_000, nowMs: winterMs }, 'with-seasons');
  expect(serverOfUtc(summerMs, odd) - summerMs).toBe(5.5 * HOUR_MS);
  const still = serverZone({ offsetMs: 2 * HOUR_MS, nowMs: winterMs }, 'never');
  expect(serverOfUtc(summerMs, still) - summerMs).toBe(2 * HOUR_MS);
  const exchange = serverZone({ offsetMs: -312, nowMs: winterMs }, 'never');
  expect(serverOfUtc(summerMs, exchange)).toBe(summerMs);
});

test('is turned back into UTC, across a change of the clocks too', () => {
  const zone = serverZone({ offsetMs: 2 * HOUR_MS, nowMs: winterMs }, 'with-seasons');
  const hours = Array.from({ length: 24 * 400 }, (_, i) => winterMs + i * HOUR_MS);
  const there = hours.map((utcMs) => serverOfUtc(utcMs, zone));
  expect([...utcOfServer(there, zone)]).toEqual(hours);
});
