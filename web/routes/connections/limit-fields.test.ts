import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usualLimits } from '#core/risk/limits.ts';
import { keptOf, limitFields, shownOf } from './limit-fields.ts';

test('every limit has a field, and the usual ones lie within what it takes', () => {
  const named = limitFields.map(({ name }) => name);
  const { needsStop, ...numbers } = usualLimits;
  expect(needsStop).toBe(false);
  expect([...named].sort()).toEqual(Object.keys(numbers).sort());
  for (const { name, times, min, max } of limitFields) {
    const shown = shownOf(usualLimits[name], times);
    expect(shown).toBeGreaterThanOrEqual(min);
    expect(shown).toBeLessThanOrEqual(max);
    expect(keptOf(shown, times)).toBe(usualLimits[name]);
  }
});

test('a percentage that is typed is the one that is shown again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (hundredths) => {
      const typed = hundredths / 100;
      expect(shownOf(keptOf(typed, 100), 100)).toBe(typed);
    }),
  );
});
