import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digitsOf, digitsToShow, fewestDigits, powersOfTen } from './points.ts';

test('finds the digits of every decimal price that fits, and divides back to it', () => {
  const price = fc.tuple(fc.integer({ min: -2147483647, max: 2147483647 }), fc.nat({ max: 8 }));
  fc.assert(
    fc.property(price, ([points, digits]) => {
      const value = points === 0 ? 0 : points / powersOfTen[digits]!;
      const found = digitsOf(value, 0);
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(digits);
      const scale = powersOfTen[found]!;
      expect(Math.round(value * scale) / scale).toBe(value);
      expect(value).toBe(points === 0 ? 0 : Number(`${points}e-${digits}`));
    }),
    { numRuns: 2000 },
  );
});

test('gives up on doubles that are no short decimal', () => {
  expect(digitsOf(1 / 3, 0)).toBe(-1);
  expect(digitsOf(3393.52002, 0)).toBe(5);
  expect(digitsOf(3393.520021, 0)).toBe(-1);
  expect(digitsOf(-0, 0)).toBe(-1);
});

test('finds the same digits from points as from prices', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }), (points) => {
      const column = Int32Array.from(points);
      const values = Float64Array.from(column, (value) => (value === 0 ? 0 : value / 1e5));
      expect(fewestDigits([column], 1e5)).toBe(fewestDigits([values], 1));
    }),
  );
});

test('a price that fits alone but not at the digits of another has no common scale', () => {
  expect(fewestDigits([Float64Array.of(0.00000001, 100)], 1)).toBe(-1);
});

test('shows single-precision noise with the digits that the market has', () => {
  expect(digitsToShow([Float64Array.of(1455.219971, 1478)], 1, -1)).toBe(2);
  expect(digitsToShow([Int32Array.of(138677)], 1e5, 5)).toBe(5);
  expect(digitsToShow([Float64Array.of(0.00001234)], 1, 8)).toBe(8);
});
