import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moneyOfMove, wayFor } from './move.ts';

const instrument = fc.record({
  tickSize: fc.constantFrom(0.00001, 0.001, 0.01, 0.25, 0.5, 1),
  tickValue: fc.integer({ min: 1, max: 10_000 }).map((cents) => cents / 100),
});
const ticks = fc.integer({ min: -200_000, max: 200_000 });
const lots = fc.integer({ min: 1, max: 10_000 }).map((hundredths) => hundredths / 100);

describe('the money of a move', () => {
  test('is its ticks times what a tick is worth, however the prices were subtracted', () => {
    fc.assert(
      fc.property(
        instrument,
        ticks,
        fc.integer({ min: 1, max: 500_000 }),
        lots,
        (of, n, k, size) => {
          const [from, to] = [k * of.tickSize, (k + n) * of.tickSize];
          expect(moneyOfMove(to - from, size, of)).toBe(n * of.tickValue * size);
        },
      ),
    );
  });

  test('is the negative for the other side, and grows with the lots', () => {
    const price = fc.double({ min: 0.1, max: 100_000, noNaN: true });
    fc.assert(
      fc.property(instrument, price, price, lots, (of, from, to, size) => {
        const [bought, sold] = (['buy', 'sell'] as const).map((side) =>
          moneyOfMove(wayFor(side, from, to), size, of),
        );
        expect(bought! + sold!).toBe(0);
        expect(moneyOfMove(wayFor('buy', from, to), 2 * size, of)).toBe(2 * bought!);
      }),
    );
  });
});
