/** Seconds left read as on a clock. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countdownText } from './countdown.ts';

test.each([
  ['0:00', 0],
  ['0:00', -3],
  ['0:42', 41.2],
  ['12:05', 725],
  ['1:00:00', 3_600],
])('says %s', (text, seconds) => {
  expect(countdownText(seconds)).toBe(text);
});

test('the clock read back is the number of seconds', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (seconds) => {
      const parts = countdownText(seconds).split(':').map(Number);
      expect(parts.reduce((sum, part) => sum * 60 + part, 0)).toBe(seconds);
    }),
  );
});
