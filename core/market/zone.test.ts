import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findZone, wallToUtc, type Zone } from './zone.ts';

function zone(id: string): Zone {
  const found = findZone(id);
  if (!found.ok) throw new Error(found.error.detail);
  return found.value;
}
const wall = (...texts: string[]) => Float64Array.from(texts, (text) => Date.parse(`${text}Z`));
const utc = (ms: Float64Array) =>
  Array.from(ms, (time) => (Number.isNaN(time) ? 'never' : new Date(time).toISOString()));

test('reads fixed offsets in every spelling', () => {
  for (const id of ['+02:00', '+0200', '+2', 'UTC+2', 'GMT+02:00']) {
    expect(utc(wallToUtc(wall('2024-07-01T12:00'), zone(id)).utcMs)).toEqual([
      '2024-07-01T10:00:00.000Z',
    ]);
  }
  for (const id of ['UTC', 'Z', 'GMT', '+00:00']) {
    expect(wallToUtc(Float64Array.of(5), zone(id)).utcMs[0]).toBe(5);
  }
});

test('knows no zone by a wrong name', () => {
  for (const id of ['', 'Mars/Base', '+19:00', 'UTC+2:99', 'Europe/Athens+99:00', '<script>']) {
    expect(findZone(id)).toMatchObject({ ok: false, error: { code: 'import.mapping-invalid' } });
  }
});

test('reads summer and winter of a place', () => {
  const times = wall('2024-01-15T12:00', '2024-07-15T12:00');
  expect(utc(wallToUtc(times, zone('Europe/Athens')).utcMs)).toEqual([
    '2024-01-15T10:00:00.000Z',
    '2024-07-15T09:00:00.000Z',
  ]);
});

test('a broker whose day ends at 17:00 in New York is always seven hours ahead of it', () => {
  const times = wall('2024-01-16T00:00', '2024-03-20T00:00', '2024-07-16T00:00');
  expect(utc(wallToUtc(times, zone('America/New_York+07:00')).utcMs)).toEqual([
    '2024-01-15T22:00:00.000Z',
    '2024-03-19T21:00:00.000Z',
    '2024-07-15T21:00:00.000Z',
  ]);
});

test('an hour that the clocks skip never was', () => {
  const times = wall(
    '2024-03-10T01:59',
    '2024-03-10T02:00',
    '2024-03-10T02:59',
    '2024-03-10T03:00',
  );
  const reading = wallToUtc(times, zone('America/New_York'));
  expect(utc(reading.utcMs)).toEqual([
    '2024-03-10T06:59:00.000Z',
    'never',
    'never',
    '2024-03-10T07:00:00.000Z',
  ]);
  expect(reading.skipped).toEqual([1, 2]);
});

test('an hour that was twice is told apart by the order of the rows, forwards and backwards', () => {
  const rows = ['00:30', '01:00', '01:30', '01:00', '01:30', '02:00'];
  const times = wall(...rows.map((time) => `2024-11-03T${time}`));
  const expected = ['04:30', '05:00', '05:30', '06:00', '06:30', '07:00'].map(
    (time) => `2024-11-03T${time}:00.000Z`,
  );
  const forwards = wallToUtc(times, zone('America/New_York'));
  expect(utc(forwards.utcMs)).toEqual(expected);
  expect(forwards.repeated).toEqual([1, 2, 3, 4]);
  const backwards = wallToUtc(times.slice().reverse(), zone('America/New_York'));
  expect(utc(backwards.utcMs)).toEqual(expected.reverse());
});

test('what a clock in the place shows at an instant is read as that instant', () => {
  const ids = ['Europe/Athens', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca'];
  fc.assert(
    fc.property(
      fc.constantFrom(...ids),
      fc.array(fc.integer({ min: 0, max: 2 ** 41 }), { minLength: 1, maxLength: 30 }),
      (id, instants) => {
        const place = zone(id);
        const sorted = Float64Array.from(instants.map((s) => Math.floor(s / 1000) * 1000)).sort();
        const reading = wallToUtc(
          sorted.map((ms) => ms + place.offsetMsAt(ms)),
          place,
        );
        expect(reading.skipped).toEqual([]);
        sorted.forEach((ms, i) => {
          if (!reading.repeated.includes(i)) expect(reading.utcMs[i]).toBe(ms);
        });
      },
    ),
    { numRuns: 40 },
  );
});
