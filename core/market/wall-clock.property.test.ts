import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wallClock } from './wall-clock.ts';
import { findZone } from './zone.ts';

const minuteMs = 60_000;
const zones = ['Europe/Berlin', 'America/New_York+07:00', 'Australia/Lord_Howe', '+05:30', 'UTC'];

it.each(zones)('shows in %s what the zone says at every instant, in whatever order', (id) => {
  const zone = findZone(id);
  const offsetMsAt = zone.ok ? zone.value.offsetMsAt : () => NaN;
  // Around the changes of a spring and an autumn, and before 1970.
  const near = [Date.UTC(2026, 2, 29), Date.UTC(2025, 10, 2), Date.UTC(2026, 3, 5), -minuteMs];
  const instant = fc
    .tuple(fc.constantFrom(...near), fc.integer({ min: -3_000, max: 3_000 }))
    .map(([begin, minutes]) => begin + minutes * minuteMs);
  fc.assert(
    fc.property(fc.array(instant, { maxLength: 12 }), (instants) => {
      const clock = wallClock(id);
      for (const ms of instants) expect(clock(ms)).toBe(ms + offsetMsAt(ms));
    }),
    { numRuns: 40 },
  );
});

it('shows UTC of a zone that nobody knows', () => {
  expect(wallClock('Nowhere/At_All')(12_345)).toBe(12_345);
});
