/** What was chosen lately in the palette. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withRecent } from './palette-recent.ts';

test('the last choice stands first, each stands once, and the list stays short', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'abcdefghijkl')), (chosen) => {
      const kept = chosen.reduce<readonly string[]>(withRecent, []);
      expect(kept).toEqual([...new Set(chosen.toReversed())].slice(0, 8));
    }),
  );
});
