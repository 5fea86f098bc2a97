import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeBars } from '#core/market/made-bars.ts';
import { makeTicks } from '#core/market/made-ticks.ts';
import { sliceBars } from '#core/market/bars.ts';
import { Database } from './database.ts';
import { claim } from './owner.ts';
import { notePriceFiles } from './price-files.ts';
import { saveBars } from './save-bars.ts';
import { saveTicks } from './save-ticks.ts';
import { deleteSeries, restoreSeries } from './series.ts';

let database: Database;
beforeEach(async () => {
  database = new Database(`price-files-${Math.random()}`);
  await claim(database, 'a');
});
afterEach(() => database.delete({ disableAutoOpen: true }));

const bars = makeBars({ count: 300, seed: 1 });
const source = (fileName: string) => ({ fileName, format: 'generic', zone: 'UTC', problems: 0 });

const save = (part = bars, fileName = 'a.csv', nowMs = 1_000) =>
  saveBars(database, {
    ...{ symbol: 'EURUSD', timeframe: 'H1', bars: part, source: source(fileName) },
    ...{ onConflict: 'keep', nowMs },
  });
const sent = async () =>
  (await database.outbox.toArray()).filter(({ collection }) => collection === 'priceFiles');

test('other devices learn what a series holds, and of each file that changes it', async () => {
  await save(sliceBars(bars, 0, 200));
  await save(bars, 'b.csv', 2_000);
  const [row, more] = await database.priceFiles.toArray();
  const device = (await database.replicaMeta.get('device'))!.value as { readonly id: string };
  expect(more).toBeUndefined();
  expect(row).toMatchObject({
    id: `EURUSD.H1 ${device.id}`,
    seriesId: 'EURUSD.H1',
    bars: 300,
    firstMs: bars.timesMs[0],
    lastMs: bars.timesMs.at(-1),
    files: [
      { fileName: 'a.csv', importedMs: 1_000 },
      { fileName: 'b.csv', importedMs: 2_000 },
    ],
  });
  expect(row!.device).toMatch(/\w/);
  const before = await sent();
  expect(before).not.toEqual([]);
  await save(bars, 'c.csv', 3_000);
  expect(await sent()).toEqual(before);
});

test('an import that fails tells nobody', async () => {
  await save();
  const before = await sent();
  const other = { ...makeBars({ count: 10, seed: 2, ask: true }) };
  expect((await save(other, 'other.csv')).ok).toBe(false);
  expect(await sent()).toEqual(before);
});

test('what is deleted is gone for other devices, and comes back with it', async () => {
  const ticks = makeTicks({ count: 50, seed: 1 });
  await saveTicks(database, { symbol: 'EURUSD', ticks, source: source('t.csv'), nowMs: 1 });
  await save();
  const before = await database.priceFiles.toArray();
  const deleted = await deleteSeries(database, 'EURUSD.ticks');
  const ids = async () => (await database.priceFiles.toArray()).map(({ seriesId }) => seriesId);
  expect(await ids()).toEqual(['EURUSD.H1']);
  expect((await sent()).at(-1)?.cells).toEqual({ _del: 1 });
  if (!deleted.ok) throw new Error(deleted.error.detail);
  await restoreSeries(database, deleted.value);
  expect(await database.priceFiles.toArray()).toEqual(before);
});

test('series from before there was such a list are noted in one go', async () => {
  await save();
  await database.priceFiles.clear();
  await notePriceFiles(database);
  expect((await database.priceFiles.toArray()).map(({ bars: count }) => count)).toEqual([300]);
});
