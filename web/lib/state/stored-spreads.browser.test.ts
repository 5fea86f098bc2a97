import { expect, it } from 'vitest';
import { makeBars } from '#core/market/made-bars.ts';
import { Database } from '#workers/store/database.ts';
import { saveBars } from '#workers/store/save-bars.ts';
import { seriesWithSpreads } from './stored-spreads.ts';

it('tells the stored series that hold a spread from those that do not', async () => {
  const database = new Database('stored-spreads');
  const bars = makeBars({ count: 2000, seed: 1, volume: true });
  const withSpread = { ...bars, spreadPoints: new Int32Array(bars.length).fill(12) };
  for (const [symbol, each] of [
    ['PLAIN', bars],
    ['SPREAD', withSpread],
  ] as const) {
    const source = { fileName: 'a.csv', format: 'mt5', zone: 'UTC', problems: 0 };
    const request = { symbol, timeframe: 'H1', bars: each, source, nowMs: 1 };
    expect(await saveBars(database, { ...request, onConflict: 'keep' })).toMatchObject({
      ok: true,
    });
  }
  const ids = ['PLAIN.H1', 'SPREAD.H1', 'GONE.H1'];
  expect([...(await seriesWithSpreads(database, ids))]).toEqual(['SPREAD.H1']);
  await database.delete();
});
