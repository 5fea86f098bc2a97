/** Choices come back as they were kept, and whatever else was kept is read as the defaults. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  defaultPreferences,
  readOwnPair,
  readPreferences,
  timeDisplay,
  writeOwnPair,
  type Preferences,
} from './preference-values.ts';

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);
const side = fc.record({ up: colour, down: colour });
const own = fc.record({ light: side, dark: side });
const chosen: fc.Arbitrary<Preferences> = fc.record({
  language: fc.constantFrom('en', 'id'),
  theme: fc.constantFrom('system', 'light', 'dark'),
  density: fc.constantFrom('compact', 'normal', 'touch'),
  pair: fc.constantFrom('blue-orange', 'orange-blue', 'green-red', 'red-green', 'own'),
  ownPair: fc.oneof(fc.constant(''), own.map(writeOwnPair)),
  amounts: fc.constantFrom('shown', 'hidden'),
  navigation: fc.constantFrom('wide', 'narrow'),
  times: fc.constantFrom('utc', 'server', 'local', 'zone'),
  zone: fc.constantFrom('', 'Asia/Tokyo', '+05:30', 'America/New_York+07:00'),
  guide: fc.constantFrom('shown', 'put-away'),
  keys: fc.dictionary(fc.constantFrom('notes.new', 'look.theme'), fc.string({ maxLength: 20 })),
});

test('choices are read as they were kept', () => {
  fc.assert(
    fc.property(chosen, (values) => {
      expect(readPreferences(JSON.parse(JSON.stringify(values)))).toEqual(values);
    }),
  );
});

test('what is no choice is read as the usual one', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (any, other) => {
      expect(readPreferences(any)).toBeTruthy();
      const damaged = { theme: { any }, pair: 'x y', ownPair: '#12', zone: 'Nowhere/X', keys: 7 };
      expect(readPreferences({ ...damaged, density: [other] })).toEqual(defaultPreferences);
    }),
  );
});

test('colours of one’s own come back for each theme', () => {
  fc.assert(
    fc.property(own, (pair) => {
      expect(readOwnPair(writeOwnPair(pair))).toEqual(pair);
    }),
  );
  expect(readOwnPair('red; background: url(x)')).toBeNull();
});

test('the server’s clock is UTC until a server is in sight', () => {
  const zone = 'Asia/Tokyo';
  expect(timeDisplay({ times: 'server', zone }, null)).toBe('utc');
  expect(timeDisplay({ times: 'server', zone }, '+03:00')).toBe('zone:+03:00');
  expect(timeDisplay({ times: 'zone', zone }, '+03:00')).toBe('zone:Asia/Tokyo');
  expect(timeDisplay({ times: 'zone', zone: '' }, null)).toBe('utc');
  expect(timeDisplay({ times: 'local', zone }, '+03:00')).toBe('local');
});
