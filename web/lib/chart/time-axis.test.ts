/** Places and instants of a chart with holes lead to each other. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { msAt, placeOf } from './time-axis.ts';

const axes = fc
  .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 50 })
  .map((steps) => {
    let ms = 1_000;
    return { barMs: 10, timesMs: Float64Array.from(steps, (step) => (ms += step)) };
  });

test('the instant of a place lies at that place, beyond the ends too', () => {
  fc.assert(
    fc.property(axes, fc.integer({ min: -30, max: 80 }), (axis, place) => {
      expect(placeOf(axis, msAt(axis, place))).toBeCloseTo(place, 9);
    }),
  );
});

test('later instants lie further to the right', () => {
  fc.assert(
    fc.property(axes, fc.integer({ max: 5_000, min: 0 }), fc.nat(500), (axis, ms, more) => {
      expect(placeOf(axis, ms + more)).toBeGreaterThanOrEqual(placeOf(axis, ms));
    }),
  );
});
