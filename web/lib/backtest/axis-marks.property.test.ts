import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marksOf } from './axis-marks.ts';

const range = fc
  .tuple(
    fc.double({ min: -1e7, max: 1e7, noNaN: true }),
    fc.double({ min: 1e-4, max: 1e7, noNaN: true }),
  )
  .map(([low, width]) => ({ low, high: low + width }))
  // A width that drowns in the digits of its ends is none.
  .filter(({ low, high }) => high - low > Math.abs(low) * 1e-6);

test('marks are two or more, lie in the range, evenly apart, and are told apart', () => {
  fc.assert(
    fc.property(range, fc.integer({ min: 4, max: 8 }), ({ low, high }, most) => {
      const marks = marksOf({ low, high }, (value, digits) => value.toFixed(digits), most);
      expect(marks.length).toBeGreaterThanOrEqual(2);
      expect(marks.length).toBeLessThanOrEqual(most);
      expect(new Set(marks.map(({ text }) => text)).size).toBe(marks.length);
      const apart = marks[1]!.at - marks[0]!.at;
      for (const [i, { at, text }] of marks.entries()) {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(1);
        expect(at).toBeCloseTo(marks[0]!.at + i * apart, 9);
        expect(Number(text)).toBeCloseTo(low + at * (high - low), 3);
      }
    }),
  );
});

test('a range with nothing in it has a mark there', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      (below, above) => {
        const marks = marksOf({ low: -below, high: above }, (value) => String(value + 0));
        expect(marks.map(({ text }) => text)).toContain('0');
      },
    ),
  );
});
