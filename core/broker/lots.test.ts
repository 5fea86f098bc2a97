import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumOfLots, wholeLots } from './lots.ts';

test('parts of any step add up to the number that their whole is written as', () => {
  const step = fc.constantFrom(0.001, 0.01, 0.1, 1);
  const counts = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(step, counts, (stepLots, steps) => {
      const digits = Math.max(0, -Math.floor(Math.log10(stepLots)));
      const written = (count: number) => Number((count * stepLots).toFixed(digits));
      const whole = steps.reduce((sum, count) => sum + count, 0);
      expect(sumOfLots(steps.map((count) => ({ volumeLots: written(count) })))).toBe(
        written(whole),
      );
    }),
  );
});

test('what is left of all is nothing', () => {
  expect(wholeLots(0.3 - 0.1 - 0.2)).toBe(0);
});
