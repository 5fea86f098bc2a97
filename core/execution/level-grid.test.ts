/** Levels as a broker takes them: on its steps, and far enough from the price. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOnGrid } from '../risk/grid.ts';
import { decimalGrid, farEnough, movable, placeable, snapped } from './level-grid.ts';

const grids = fc.record({
  tickSize: fc.constantFrom(0.00001, 0.00005, 0.01, 0.05, 0.25, 1, 2.5),
  steps: fc.integer({ min: 0, max: 40 }),
});
const price = fc.double({ min: 0.5, max: 5_000, noNaN: true });
const side = fc.constantFrom(1 as const, -1 as const);

describe('a level', () => {
  test('lies on the grid and far enough away, and stays where it is taken already', () => {
    fc.assert(
      fc.property(grids, price, price, side, ({ tickSize, steps }, level, now, of) => {
        const grid = { tickSize, least: steps * tickSize };
        const taken = farEnough(snapped(level, grid), snapped(now, grid), of, grid);
        expect(isOnGrid(taken, tickSize)).toBe(true);
        expect(Math.abs(snapped(level, grid) - level)).toBeLessThanOrEqual(tickSize * 0.5000001);
        const gap = of * (snapped(now, grid) - taken);
        if (gap > 0) expect(gap).toBeGreaterThan(grid.least - tickSize * 0.01);
        expect(farEnough(taken, snapped(now, grid), of, grid)).toBe(taken);
      }),
    );
  });

  test('is what its text says where the step is a decimal', () => {
    expect(snapped(1.1 + 0.2 + 0.000004, decimalGrid(5))).toBe(1.3);
    expect(snapped(NaN, decimalGrid(5))).toBeNaN();
  });
});

const grid = { tickSize: 0.05, least: 1 };
const market = { bid: 100, ask: 100.1 };

test('a pending order is moved away from the price, its levels from its own', () => {
  const asked = { market: 0, side: 1, kind: 'limit', units: 1 } as const;
  const order = { ...asked, price: 99.62, stop: 99.01, target: 104.33 };
  expect(placeable(order, market, grid)).toMatchObject({ price: 99.1, stop: 98.1, target: 104.35 });
  // What is met already fills at the next open, whatever its price.
  expect(placeable({ ...order, price: 100.4 }, market, grid)).toMatchObject({ price: 100.4 });
});

const held = (stop: number, target = NaN, of: 1 | -1 = 1) => ({ side: of, stop, target });

test('a stop that price has passed closes the position instead', () => {
  const at = { price: 100, grid };
  expect(movable(held(NaN), { stop: 99.61 }, at)).toEqual({ stop: 99, isMet: false });
  expect(movable(held(NaN), { stop: 100.2 }, at).isMet).toBe(true);
  expect(movable(held(NaN, NaN, -1), { target: 99.5 }, at)).toEqual({ target: 99, isMet: false });
  expect(movable(held(99), { stop: NaN }, at)).toEqual({ stop: NaN, isMet: false });
});

test('a level that is asked for again, or nearer, is never moved away from the price', () => {
  const levels = fc.record({ before: price, asked: price, now: price });
  fc.assert(
    fc.property(grids, levels, side, ({ tickSize, steps }, { before, asked, now }, of) => {
      const grid = { tickSize, least: steps * tickSize };
      const [stop, level, at] = [before, asked, now].map((each) => snapped(each, grid));
      fc.pre(of * (at! - stop!) > 0 && of * (level! - stop!) >= 0);
      const moved = movable(held(stop!, NaN, of), { stop: level! }, { price: at!, grid });
      if (!moved.isMet) expect(of * (moved.stop! - stop!)).toBeGreaterThanOrEqual(0);
      const away = of === 1 ? -1 : 1;
      const target = movable(held(NaN, stop!, away), { target: level! }, { price: at!, grid });
      if (!target.isMet) expect(of * (target.target! - stop!)).toBeGreaterThanOrEqual(0);
    }),
  );
});
