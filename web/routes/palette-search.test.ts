/** What the palette finds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findEntries } from './palette-search.ts';

const entries = ['Home', 'Prices', 'Backtest', 'Best run on EURUSD.H1', 'EURUSD H1'].map(
  (name) => ({ kind: 'Page', name, run: () => undefined }),
);
const names = (text: string) => findEntries(entries, text, 12).map((entry) => entry.name);

test('a beginning wins over a middle, and that over scattered letters', () => {
  expect(names('eur')).toEqual(['EURUSD H1', 'Best run on EURUSD.H1']);
  expect(names('bkt')).toEqual(['Backtest']);
  expect(names('xyz')).toEqual([]);
});

test('without text all stand in their order, up to the limit', () => {
  expect(names('')).toHaveLength(entries.length);
  expect(findEntries(entries, ' ', 2).map((entry) => entry.name)).toEqual(['Home', 'Prices']);
});

test('whatever is found holds every letter sought, in order', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'abehrstu1 '), maxLength: 6 }), (text) => {
      for (const name of names(text)) {
        let at = -1;
        for (const letter of text.trim().toLowerCase()) {
          at = name.toLowerCase().indexOf(letter, at + 1);
          expect(at).toBeGreaterThanOrEqual(0);
        }
      }
    }),
  );
});
