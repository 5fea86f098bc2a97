import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tagPlaces } from './tag-places.ts';

const room = { heightPx: 24, topPx: 0, bottomPx: 600 };
const lines = fc.array(fc.double({ min: -200, max: 900, noNaN: true }), {
  minLength: 1,
  maxLength: 25,
});

describe('the tags of lines', () => {
  test('cover none another, stand in the order of their lines, and stay in the room', () => {
    fc.assert(
      fc.property(lines, (ys) => {
        const placed = tagPlaces(ys, room);
        const order = ys.map((_, at) => at).sort((a, b) => ys[a]! - ys[b]! || a - b);
        order.forEach((at, nth) => {
          expect(placed[at]).toBeGreaterThanOrEqual(12 - 1e-6);
          expect(placed[at]).toBeLessThanOrEqual(588 + 1e-6);
          const before = order[nth - 1];
          if (before === undefined) return;
          expect(placed[at]! - placed[before]!).toBeGreaterThanOrEqual(24 - 1e-6);
        });
      }),
    );
  });

  test('stand at their lines where there is room for all', () => {
    expect(tagPlaces([300, 40, 120], room)).toEqual([300, 40, 120]);
  });

  test('of two lines at one price stand on either side of it', () => {
    expect(tagPlaces([100, 100], room)).toEqual([88, 112]);
  });

  test('too many for the room share it evenly', () => {
    const placed = tagPlaces(new Array(50).fill(10), room);
    expect(placed[0]).toBeCloseTo(6);
    expect(placed[49]).toBeCloseTo(594);
    expect(placed[1]! - placed[0]!).toBeCloseTo(12);
  });
});
