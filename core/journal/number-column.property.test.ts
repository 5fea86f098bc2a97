import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packNumbers, unpackNumbers } from './number-column.ts';

/** Prices and money as they are told: decimals of some length. */
const decimal = fc
  .tuple(fc.integer({ min: -900_000_000, max: 900_000_000 }), fc.integer({ min: 0, max: 8 }))
  .map(([whole, digits]) => Number(`${whole}e-${digits}`));

test('numbers come back to the last digit, whatever others stand in their column', () => {
  const number = fc.oneof(decimal, fc.double({ noNaN: true, noDefaultInfinity: true }));
  const column = fc.array(fc.option(number), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(column, (numbers) => {
      const room = new Float64Array(numbers.length);
      unpackNumbers(packNumbers(numbers), 0, room);
      expect([...room]).toEqual(numbers.map((each) => each ?? NaN));
    }),
    { numRuns: 2_000, examples: [[[40_661_043.7, 1e-8]]] },
  );
});
