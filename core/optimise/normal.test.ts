import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalQuantile, normalShare } from './normal.ts';

test('gives the usual quantiles', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12);
  expect(normalShare(1)).toBeCloseTo(0.8413447460685429, 14);
});

test('the share below a quantile is the share asked for', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (share) => {
      expect(Math.abs(normalShare(normalQuantile(share)) - share)).toBeLessThan(1e-13);
    }),
  );
});
