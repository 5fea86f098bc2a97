/** What a typed symbol becomes, and what is written of it. */
import { expect, it } from 'vitest';
import type { Change } from '#workers/store/writing.ts';
import { symbolOf, watchlistStore } from './watchlist-store.ts';

it('takes a symbol as people type it, and as it is spelt here', () => {
  expect(symbolOf(' eur usd ')).toBe('EURUSD');
  expect(symbolOf('us500.CASH', ['US500.cash'])).toBe('US500.cash');
  expect(symbolOf('EURUSDm')).toBe('EURUSDm');
  expect(symbolOf('\0\uD83D ')).toBe('');
});

it('adds a symbol once, and brings back one that was there before', async () => {
  const written: Change[] = [];
  const store = watchlistStore({
    write: (changes) => Promise.resolve(void written.push(...changes)),
    nowMs: () => 7,
  });
  const id = await store.add('EURUSD', []);
  expect(id).toBe('Watchlist EURUSD');
  expect(written.map(({ kind }) => kind)).toEqual(['restore', 'put']);
  const fields = { list: 'Watchlist', symbol: 'EURUSD', note: '', addedMs: 7 };
  expect(written[1]).toMatchObject({ fields });
  const item = { id: 'Watchlist EURUSD', order: 'a0', ...fields };
  expect(await store.add('EURUSD', [item])).toBeNull();
  expect(await store.add('', [])).toBeNull();
  expect(written).toHaveLength(2);
});

it('gives a list another name with its symbols in their order, and nothing is left of the old one', async () => {
  const written: Change[] = [];
  const store = watchlistStore({
    write: (changes) => Promise.resolve(void written.push(...changes)),
    nowMs: () => 7,
  });
  const item = (symbol: string, order: string) => ({
    ...{ id: `Old ${symbol}`, list: 'Old', symbol, order, note: 'n', addedMs: 1 },
  });
  await store.rename([item('B', 'a1'), item('A', 'a0')], 'New');
  expect(written.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    ...['restore New A', 'put New A', 'remove Old A'],
    ...['restore New B', 'put New B', 'remove Old B'],
  ]);
  expect(written[1]).toMatchObject({ fields: { list: 'New', order: 'a0', note: 'n' } });
});
