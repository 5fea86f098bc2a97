/** Every row of a table can be scrolled to, also where no browser could draw it whole. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowWindow, scrollTo } from './row-window.ts';

const view = fc.record({
  rows: fc.oneof(fc.integer({ min: 201, max: 5_000 }), fc.integer({ min: 201, max: 5_000_000 })),
  rowPixels: fc.integer({ min: 24, max: 48 }),
  viewPixels: fc.integer({ min: 100, max: 1_200 }),
});

/** Of the way from the first row to the last, near both ends as often as between. */
const share = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 100 }).map((n) => n / 1e6),
  fc.integer({ min: 0, max: 100 }).map((n) => 1 - n / 1e6),
);

test('the row scrolled to stands at the top of what is seen, its neighbours around it', () => {
  fc.assert(
    fc.property(view, share, (given, part) => {
      const { rows, rowPixels, viewPixels } = given;
      const row = Math.floor(part * (rows - Math.ceil(viewPixels / rowPixels)));
      const scrolled = scrollTo(given, row * rowPixels);
      const { first, end, abovePixels } = rowWindow(given, scrolled);
      // At the very top of a squeezed table a row may be seen in part.
      const off = abovePixels + (row - first) * rowPixels - scrolled;
      expect(off).toBeGreaterThan(-0.001);
      expect(off).toBeLessThan(scrolled < rowPixels ? rowPixels : 0.001);
      expect(first).toBeLessThanOrEqual(row);
      expect(end * rowPixels).toBeGreaterThanOrEqual(
        Math.min(rows * rowPixels, row * rowPixels + viewPixels),
      );
    }),
    { examples: [[{ rows: 1_777_133, rowPixels: 24, viewPixels: 1_165 }, 0.000_005]] },
  );
});

test('the table keeps one height while it is scrolled, and ends with its last row', () => {
  fc.assert(
    fc.property(view, share, (given, part) => {
      const { rows, rowPixels, viewPixels } = given;
      const heightAt = (scrolled: number) => {
        const { first, end, abovePixels, belowPixels } = rowWindow(given, scrolled);
        return abovePixels + (end - first) * rowPixels + belowPixels;
      };
      const height = heightAt(0);
      expect(height).toBeLessThanOrEqual(Math.min(15_000_000, rows * rowPixels));
      const most = height - viewPixels;
      expect(heightAt(part * most)).toBeGreaterThan(height - 0.001);
      expect(heightAt(part * most)).toBeLessThan(height + rowPixels);
      expect(rowWindow(given, most).end).toBe(rows);
      expect(heightAt(most)).toBeCloseTo(height, 3);
    }),
  );
});
