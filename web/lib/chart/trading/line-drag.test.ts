import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineDrag, type DragScale } from './line-drag.ts';

/** Prices from `top` down over so many pixels, evenly or by their ratios. */
function scaleOf(top: number, bottom: number, heightPx: number, isLog: boolean): DragScale {
  const [to, from] = isLog ? [Math.log, Math.exp] : [(x: number) => x, (x: number) => x];
  const perPx = (to(top) - to(bottom)) / heightPx;
  return {
    y: (price) => (to(top) - to(price)) / perPx,
    priceAt: (y) => from(to(top) - y * perPx),
  };
}

const worlds = fc
  .record({
    digits: fc.integer({ min: 0, max: 5 }),
    ticksEach: fc.constantFrom(1, 5, 25),
    low: fc.integer({ min: 2_000, max: 2_000_000 }),
    spanTicks: fc.integer({ min: 50, max: 100_000 }),
    heightPx: fc.integer({ min: 120, max: 1_600 }),
    isLog: fc.boolean(),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    isOnGrid: fc.boolean(),
    way: fc.double({ min: -1, max: 1, noNaN: true }),
  })
  .map(({ digits, ticksEach, low, spanTicks, heightPx, isLog, at, isOnGrid, way }) => {
    const tickSize = Number((ticksEach * 10 ** -digits).toPrecision(12));
    const bottom = low * tickSize;
    const top = bottom + spanTicks * tickSize;
    const scale = scaleOf(top, bottom, heightPx, isLog);
    const inside = bottom + at * (top - bottom);
    const price = isOnGrid ? Math.round(inside / tickSize) * tickSize : inside;
    return { tickSize, scale, price, wayPx: way * heightPx };
  });

describe('a line under the hand', () => {
  test('is let go on the grid, within half a step of where the hand has gone', () => {
    fc.assert(
      fc.property(worlds, ({ tickSize, scale, price, wayPx }) => {
        const drag = new LineDrag(scale);
        const grabY = scale.y(price) + 2;
        drag.grab(price, grabY);
        const held = drag.move(grabY + wayPx, { tickSize })!;
        const wanted = scale.priceAt(scale.y(price) + wayPx)!;
        const dropped = drag.drop({ tickSize });
        if (Math.abs(wayPx) > 3 && Math.abs(held.price - price) >= tickSize) {
          expect(dropped).toBe(held.price);
        }
        if (dropped === null || wanted < tickSize) return;
        const steps = dropped / tickSize;
        expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-4);
        expect(Math.abs(dropped - wanted)).toBeLessThanOrEqual(tickSize * 0.5001);
      }),
    );
  });

  test('moves the way of the hand, and nothing but the hand moves it', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 4, max: 300 }), (world, stepPx) => {
        const { tickSize, scale, price } = world;
        const drag = new LineDrag(scale);
        drag.grab(price, 100);
        const up = drag.move(100 - stepPx, { tickSize })!.price;
        const again = drag.move(100 - stepPx, { tickSize })!.price;
        const down = drag.move(100 + stepPx, { tickSize })!.price;
        expect(again).toBe(up);
        expect(up).toBeGreaterThanOrEqual(price - tickSize / 2);
        expect(down).toBeLessThanOrEqual(price + tickSize / 2);
      }),
    );
  });

  test('brought back to where it was taken asks for nothing', () => {
    fc.assert(
      fc.property(worlds, fc.array(fc.integer({ min: -500, max: 500 })), (world, ways) => {
        const { tickSize, scale, price } = world;
        const drag = new LineDrag(scale);
        drag.grab(price, 50);
        for (const way of ways) drag.move(50 + way, { tickSize });
        drag.move(50, { tickSize });
        expect(drag.held?.price).toBe(price);
        expect(drag.drop({ tickSize })).toBeNull();
      }),
    );
  });

  const scale = scaleOf(1.1, 1.0, 1_000, false);
  const instrument = { tickSize: 0.00001 };

  test('is let go once: a second drop of the same drag says nothing', () => {
    const drag = new LineDrag(scale);
    drag.grab(1.05, 0);
    drag.move(40, instrument);
    expect(drag.drop(instrument)).toBe(1.046);
    expect(drag.drop(instrument)).toBeNull();
    expect(drag.move(90, instrument)).toBeNull();
  });

  test('called off is where it was, and a press is no drag', () => {
    const drag = new LineDrag(scale);
    drag.grab(1.05, 0);
    drag.move(40, instrument);
    expect(drag.cancel()).toBe(true);
    expect(drag.drop(instrument)).toBeNull();
    expect(drag.cancel()).toBe(false);
    drag.grab(1.05, 0);
    drag.move(3, instrument);
    expect(drag.drop(instrument)).toBeNull();
  });

  test('goes by whole steps of the instrument under the keys', () => {
    const drag = new LineDrag(scale);
    drag.grab(1.05, 0);
    drag.nudge(1, instrument);
    drag.nudge(10, instrument);
    drag.nudge(-3, instrument);
    expect(drag.drop(instrument)).toBe(1.05008);
  });
});
