/** Drawings: made and moved by the hand, hit where they are drawn, taken back and done again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawings, type Drawing, type DrawnPoint } from '#core/collections/drawing.ts';
import { fibonacciLevels, levelPrice } from './fibonacci.ts';
import { DrawingHand, type HandAt } from './hand.ts';
import { DrawingHistory } from './history.ts';
import { distance, hitOf } from './hit.ts';
import { snapped } from './magnet.ts';
import type { ShapeView, Spot } from './shape.ts';
import { toolNamed, tools } from './tools.ts';

/** A bar is 10 pixels wide and 60,000 ms long, a unit of price 100 pixels high. */
const view: ShapeView = {
  x: (ms) => ms / 6_000,
  y: (price) => 400 - price * 100,
  barsBetween: (from, to) => (to - from) / 60_000,
  width: 800,
  height: 400,
  digits: 2,
};
const pointAt = ({ x, y }: Spot): DrawnPoint => ({ ms: x * 6_000, price: (400 - y) / 100 });
const at = (spot: Spot): HandAt => ({ spot, point: pointAt(spot) });
const spots = fc.record({
  x: fc.integer({ min: 0, max: 800 }),
  y: fc.integer({ min: 0, max: 400 }),
});
const reach = { reachPx: 6, isSolid: false, hasHandles: false };

function handFor(points: number) {
  const made: (readonly DrawnPoint[])[] = [];
  const moved: (readonly DrawnPoint[])[] = [];
  const hand = new DrawingHand({
    preview: () => undefined,
    moving: () => undefined,
    finish: (all) => made.push(all),
    moved: (all) => moved.push(all),
    shifted: (point, from, to) => ({
      ms: point.ms + to.point.ms - from.point.ms,
      price: point.price + to.point.price - from.point.price,
    }),
  });
  hand.take(points);
  return { hand, made, moved };
}

describe('the hand', () => {
  test('makes every tool by presses, and those of two points by a drag as well', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tools),
        fc.array(spots, { minLength: 3, maxLength: 3 }),
        (tool, all) => {
          const wanted = all.slice(0, tool.points);
          const pressed = handFor(tool.points);
          for (const spot of wanted) {
            pressed.hand.move(at(spot));
            pressed.hand.down(at(spot));
            pressed.hand.up(at(spot));
          }
          expect(pressed.made).toEqual([wanted.map(pointAt)]);
          expect(pressed.hand.isBusy).toBe(false);
          const [from, to] = all;
          if (tool.points !== 2 || Math.hypot(from!.x - to!.x, from!.y - to!.y) <= 5) return;
          const dragged = handFor(2);
          dragged.hand.down(at(from!));
          dragged.hand.move(at(to!));
          dragged.hand.up(at(to!));
          expect(dragged.made).toEqual(pressed.made);
        },
      ),
    );
  });

  test('moves the whole by as much as the pointer went, and a handle to where it is', () => {
    const points = [pointAt({ x: 100, y: 100 }), pointAt({ x: 200, y: 150 })];
    const { hand, moved } = handFor(0);
    hand.grab(points, null, at({ x: 150, y: 125 }));
    hand.move(at({ x: 160, y: 145 }));
    hand.up(at({ x: 160, y: 145 }));
    expect(moved[0]!.map(({ ms, price }) => [view.x(ms), Math.round(view.y(price))])).toEqual([
      [110, 120],
      [210, 170],
    ]);
    hand.grab(points, 1, at({ x: 200, y: 150 }));
    hand.move(at({ x: 300, y: 50 }));
    hand.up(at({ x: 300, y: 50 }));
    expect(moved[1]).toEqual([points[0], pointAt({ x: 300, y: 50 })]);
  });

  test('changes nothing by a press, nor by what is called off', () => {
    const { hand, moved, made } = handFor(2);
    hand.down(at({ x: 1, y: 1 }));
    hand.up(at({ x: 1, y: 1 }));
    hand.cancel();
    expect(hand.isBusy).toBe(false);
    hand.grab([pointAt({ x: 1, y: 1 })], null, at({ x: 1, y: 1 }));
    hand.up(at({ x: 2, y: 1 }));
    expect([made, moved]).toEqual([[], []]);
  });
});

describe('a drawing', () => {
  const shapeOf = (name: string, all: readonly Spot[]) =>
    toolNamed(name)!.shape(all.map(pointAt), view, 'words');

  test('is hit at the middle of each of its lines and missed far from all it has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tools),
        fc.array(spots, { minLength: 3, maxLength: 3 }),
        (tool, all) => {
          const shape = tool.shape(all.slice(0, tool.points).map(pointAt), view, 'words');
          for (const { from, to } of shape.lines) {
            const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
            expect(hitOf(shape, middle, reach)).toEqual({ part: 'body' });
          }
          expect(hitOf(shape, { x: -5_000, y: -5_000 }, { ...reach, isSolid: true })).toBeNull();
          expect(shape.handles).toHaveLength(tool.points);
        },
      ),
    );
  });

  test('is taken by a handle only where handles are shown', () => {
    const shape = shapeOf('trend', [
      { x: 100, y: 100 },
      { x: 200, y: 200 },
    ]);
    const near = { x: 203, y: 204 };
    expect(hitOf(shape, near, { ...reach, hasHandles: true })).toEqual({ part: 'handle', at: 1 });
    expect(hitOf(shape, near, reach)).toEqual({ part: 'body' });
  });

  test('that is solid is taken anywhere inside, another at its lines alone', () => {
    const corners = [
      { x: 100, y: 100 },
      { x: 300, y: 300 },
    ];
    const inside = { x: 200, y: 210 };
    const options = (name: string) => ({ ...reach, isSolid: toolNamed(name)!.isSolid ?? false });
    expect(hitOf(shapeOf('rectangle', corners), inside, options('rectangle'))).not.toBeNull();
    expect(
      hitOf(shapeOf('fibonacci', corners), { x: 200, y: 214 }, options('fibonacci')),
    ).toBeNull();
  });

  test('of a channel has its far line through the third point, parallel to the first', () => {
    const shape = shapeOf('channel', [
      { x: 100, y: 100 },
      { x: 300, y: 200 },
      { x: 200, y: 300 },
    ]);
    const [near, far] = shape.lines;
    expect(distance({ x: 200, y: 300 }, far!.from, far!.to)).toBeCloseTo(0);
    expect(far!.to.y - far!.from.y).toBeCloseTo(near!.to.y - near!.from.y);
  });

  test('of Fibonacci runs from 0 at the end of the move to 1 at its beginning', () => {
    expect(levelPrice(1, 2, 0)).toBe(2);
    expect(levelPrice(1, 2, 1)).toBe(1);
    expect(levelPrice(1, 2, 0.382)).toBeCloseTo(1.618);
    expect(fibonacciLevels.map((level) => levelPrice(10, 0, level))).toEqual(
      fibonacciLevels.map((level) => level * 10),
    );
  });

  test('is stored as its collection allows, whatever the tool', () => {
    for (const { name } of tools) {
      const rule = drawings.fields['tool'];
      expect(rule?.merge === 'value' && rule.shape(name, 'tool')).toBe(name);
    }
  });
});

test('the magnet takes the nearest of the four prices of a bar, within its reach', () => {
  const bar = { open: 1, high: 2, low: 0.5, close: 1.5 };
  const within = (reachPx: number) => ({ y: view.y, reachPx });
  expect(snapped(1.95, bar, within(10))).toBe(2);
  expect(snapped(1.27, bar, within(40))).toBe(1.5);
  expect(snapped(1.8, bar, within(10))).toBe(1.8);
  expect(snapped(1.95, null, within(10))).toBe(1.95);
});

test('what is taken back and done again comes to where it was, at any depth', () => {
  const one = (id: string, price: number): Drawing => ({
    ...{ id, symbol: 'EURUSD', timeframe: null, tool: 'horizontal', ink: 'accent', text: '' },
    ...{ points: [{ ms: 0, price }], isLocked: false, createdMs: 0 },
  });
  const edits = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(5)), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(edits, fc.nat(30), (all, depth) => {
      const history = new DrawingHistory();
      const rows = new Map<string, Drawing>();
      const put = (id: string, after: Drawing | null) =>
        after ? rows.set(id, after) : rows.delete(id);
      for (const [id, price] of all) {
        const before = rows.get(id) ?? null;
        // A price of zero stands for a deletion.
        const after = price === 0 ? null : one(id, price);
        history.note([{ id, before, after }]);
        put(id, after);
      }
      const then = new Map(rows);
      const steps = Math.min(depth, all.length);
      for (let k = 0; k < steps; k++) history.undo()!.forEach(({ id, after }) => put(id, after));
      if (steps === all.length) expect(rows.size).toBe(0);
      for (let k = 0; k < steps; k++) history.redo()!.forEach(({ id, after }) => put(id, after));
      expect(rows).toEqual(then);
      expect(history.canRedo).toBe(false);
    }),
  );
});
