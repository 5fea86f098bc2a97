import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alertWays, type AlertWay } from './alert.ts';
import { hasCrossed, sideOf, type Side } from './crossing.ts';

const digits = 2;
const level = 100;
const price = fc.integer({ min: 9_990, max: 10_010 }).map((points) => points / 100);
const path = fc.array(price, { minLength: 1, maxLength: 60 });
const way = fc.constantFrom(...alertWays);

/** How often an alert on the level is told along the prices. */
function count(prices: readonly number[], wanted: AlertWay, from: Side | null = null): number {
  let before = from;
  let told = 0;
  for (const each of prices) {
    const now = sideOf(each, level, digits);
    if (hasCrossed(before, now, wanted)) told += 1;
    before = now;
  }
  return told;
}

describe('a crossing', () => {
  test('is told once however far the price leaps over the level', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 99.99, noNaN: true }), (distance) => {
        expect(count([level - distance, level + distance], 'above')).toBe(1);
        expect(count([level + distance, level - distance], 'below')).toBe(1);
        expect(count([level - distance, level, level, level + distance], 'touch')).toBe(1);
      }),
    );
  });

  test('is told as often as the price comes from strictly beyond', () => {
    fc.assert(
      fc.property(path, (prices) => {
        const sides = prices.map((each) => Math.sign(Math.round((each - level) * 100)));
        const arrivals = (from: number) =>
          sides.filter((side, i) => i > 0 && sides[i - 1] === from && side !== from).length;
        expect(count(prices, 'above')).toBe(arrivals(-1));
        expect(count(prices, 'below')).toBe(arrivals(1));
        expect(count(prices, 'touch')).toBe(arrivals(-1) + arrivals(1));
      }),
    );
  });

  test('is told the same whether watched in one piece or taken up again with the side kept', () => {
    fc.assert(
      fc.property(path, path, way, (first, second, wanted) => {
        const kept = sideOf(first.at(-1)!, level, digits);
        const parts = count(first, wanted) + count(second, wanted, kept);
        expect(parts).toBe(count([...first, ...second], wanted));
      }),
    );
  });

  test('is not told of the first price ever seen', () => {
    fc.assert(
      fc.property(price, way, (each, wanted) => {
        expect(count([each], wanted)).toBe(0);
      }),
    );
  });

  test('is not told of a noise smaller than a digit', () => {
    expect(count([99.9999, 100.0001, 99.9999], 'touch')).toBe(0);
  });
});
