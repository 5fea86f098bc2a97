/** What the palette finds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findEntries, type PaletteEntry } from './palette-search.ts';

const entries: readonly PaletteEntry[] = [
  ...['Home', 'Prices', 'Backtest', 'Best run on EURUSD.H1', 'EURUSD H1'],
  'Moving average cross on EURUSD.H1',
].map((name) => ({ key: name, kind: 'Page', name, run: () => undefined }));
const names = (text: string, recent: readonly string[] = []) =>
  findEntries(entries, { text, limit: 12, recent }).map((entry) => entry.name);

test('a beginning wins over a middle, and that over scattered letters', () => {
  expect(names('eur').slice(0, 2)).toEqual(['EURUSD H1', 'Best run on EURUSD.H1']);
  expect(names('bkt')).toEqual(['Backtest']);
  expect(names('xyz')).toEqual([]);
});

test('words are found in any order, and the kind of thing counts as a word', () => {
  expect(names('eurusd cross')).toEqual(['Moving average cross on EURUSD.H1']);
  expect(names('page home')).toEqual(['Home']);
});

test('a letter amiss is forgiven where nothing else is called that', () => {
  expect(names('bakctest')).toEqual(['Backtest']);
  expect(names('pricse')).toEqual(['Prices']);
  expect(names('movving')).toEqual(['Moving average cross on EURUSD.H1']);
  expect(names('backwards')).toEqual([]);
});

test('what was chosen lately stands first without text, and before its equals with one', () => {
  expect(names('', ['EURUSD H1', 'gone', 'Prices']).slice(0, 3)).toEqual([
    ...['EURUSD H1', 'Prices', 'Home'],
  ]);
  expect(names('eurusd', ['EURUSD H1'])[0]).toBe('EURUSD H1');
  expect(names('h1')[0]).toBe('EURUSD H1');
  expect(names('h1', [entries.at(-1)!.key])[0]).toBe(entries.at(-1)!.name);
});

test('without text all stand in their order, up to the limit', () => {
  expect(names('')).toHaveLength(entries.length);
  const two = findEntries(entries, { text: ' ', limit: 2, recent: [] });
  expect(two.map((entry) => entry.name)).toEqual(['Home', 'Prices']);
});

test('whatever name is typed in full or from its beginning is found first', () => {
  fc.assert(
    fc.property(fc.constantFrom(...entries), fc.integer({ min: 4, max: 40 }), (entry, length) => {
      expect(names(entry.name.slice(0, length).toUpperCase())[0]).toBe(entry.name);
    }),
  );
});
