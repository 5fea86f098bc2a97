import { wrap } from 'comlink';
import { strFromU8 } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PriceFile } from '#core/collections/price-file.ts';
import { sliceBars } from '#core/market/bars.ts';
import { makeBars, plain } from '#core/market/made-bars.ts';
import type { ArchiveWorker } from './api.ts';
import { exportArchive, importArchive } from './archive.ts';
import { unpackArchive, type EntryName } from './archive-file.ts';
import { Database, replicaTables } from './database.ts';
import { loadBars } from './series.ts';
import { writeChanges } from './writing.ts';
import { strategy, run, sweep, batchOf, note, save, fill } from './made-stored.ts';

let here: Database;
let there: Database;
beforeEach(() => {
  here = new Database(`here-${Math.random()}`);
  there = new Database(`there-${Math.random()}`);
});
afterEach(async () => {
  await here.delete({ disableAutoOpen: true });
  await there.delete({ disableAutoOpen: true });
});

async function everything(database: Database) {
  // A device has a row of its own for each series, beside those it was told of.
  const apart = ['priceFiles', ...replicaTables];
  const tables = database.tables.filter(({ name }) => !apart.includes(name));
  const rows = await Promise.all(tables.map((table) => table.toArray()));
  return Object.fromEntries(tables.map((table, i) => [table.name, rows[i]]));
}

async function archive(database: Database): Promise<Blob> {
  const file = await exportArchive(database, 9);
  if (!file.ok) throw new Error(file.error.detail);
  return file.value;
}

test('everything exported and imported elsewhere is everything', async () => {
  await fill(here);
  const report = await importArchive(there, await archive(here));
  expect(report).toEqual({
    ok: true,
    value: {
      series: 3,
      bars: 3150,
      strategies: 2,
      runs: 2,
      settings: 1,
      notes: 1,
      watchlist: 1,
      ...{ layouts: 1, drawings: 1 },
      pictures: 1,
      statements: 1,
      ...{ tripMarks: 1, handTrips: 1, playbooks: 1, journalDays: 1, checklistItems: 1 },
      ...{ journalViews: 1, tripEdits: 1, goals: 1, newsMonths: 1 },
      sweeps: 2,
      keptSeries: [],
    },
  });
  const before = await everything(here);
  expect(await everything(there)).toEqual(before);
  // A table without a row here is one whose way through the archive nothing tests.
  const empty = Object.entries(before).filter(([, rows]) => rows!.length === 0);
  expect(empty).toEqual([]);
  // A row of its own for each series; an archive has only those of other devices.
  expect(await there.priceFiles.count()).toBe(3);
});

const ofAnother: PriceFile = {
  ...{ id: 'DAX.H1 another', seriesId: 'DAX.H1', device: 'another device' },
  ...{ bars: 5, firstMs: 0, lastMs: 4, files: [] },
};

/** What the file is made of, without the time at which it was. */
async function bytesOf(database: Database) {
  const unpacked = unpackArchive(new Uint8Array(await (await archive(database)).arrayBuffer()));
  if (!unpacked.ok) throw new Error(unpacked.error.detail);
  return unpacked.value;
}

test('saved again where it was restored, an archive is the same to the byte', async () => {
  await fill(here);
  await here.settings.put({ key: 'looks', value: { theme: 'dark', density: 'compact' } });
  await here.priceFiles.put(ofAnother);
  await importArchive(there, await archive(here));
  await there.settings.put({ key: 'looks', value: { density: 'compact', theme: 'dark' } });
  const [before, after] = [await bytesOf(here), await bytesOf(there)];
  const differing = Object.keys(before).filter(
    (name) => strFromU8(before[name as EntryName]) !== strFromU8(after[name as EntryName]),
  );
  expect(differing).toEqual([]);
  expect(strFromU8(before['price-files.json'])).toContain('another device');
});

test('a note that is newer in the archive brings the updates that are not here', async () => {
  await here.notes.put(note(['one']));
  await there.notes.put(note(['one', 'two', 'three']));
  const file = await archive(there);
  expect(await importArchive(here, file)).toMatchObject({ ok: true, value: { notes: 1 } });
  expect((await here.notes.get('n1'))?.text.toSorted()).toEqual(['one', 'three', 'two']);
  expect(await importArchive(here, file)).toMatchObject({ ok: true, value: { notes: 0 } });
});

test('contents that are on other devices alone come out of an archive that has them', async () => {
  await fill(here);
  const before = await everything(here);
  const file = await archive(here);
  const tables = [here.runArrays, here.pictureBytes, here.statementBytes];
  for (const table of tables) await table.clear();
  expect(await importArchive(here, file)).toMatchObject({ ok: true, value: { runs: 0 } });
  expect(await everything(here)).toEqual(before);
});

test('what was deleted here comes back with an archive that has it', async () => {
  await fill(here);
  await here.replicaMeta.put({ key: 'owner', value: 'somebody' });
  const before = await everything(here);
  const file = await archive(here);
  await writeChanges(here, [
    { kind: 'remove', collection: 'strategies', id: 'a' },
    { kind: 'remove', collection: 'runs', id: 'r1' },
  ]);
  expect(await here.strategies.count()).toBe(1);
  expect(await importArchive(here, file)).toMatchObject({
    ok: true,
    value: { strategies: 1, runs: 1, notes: 0 },
  });
  expect(await everything(here)).toEqual(before);
  expect(await here.hiddenRows.count()).toBe(0);
  expect(await here.outbox.count()).toBeGreaterThan(0);
});

test('the same archive again changes nothing', async () => {
  await fill(here);
  const before = await everything(here);
  const report = await importArchive(here, await archive(here));
  expect(report).toMatchObject({ ok: true, value: { series: 0, bars: 0, strategies: 0, runs: 0 } });
  expect(await everything(here)).toEqual(before);
});

test('nothing on the device is lost: newer strategies win, stored bars and notes stay', async () => {
  const bars = makeBars({ count: 2000, seed: 3 });
  await save(here, sliceBars(bars, 0, 1200));
  await here.strategies.bulkPut([strategy('a', 10), strategy('b', 1), strategy('c', 1)]);
  await here.runs.put({ ...run('r1'), note: 'mine' });
  await save(there, sliceBars(bars, 800, 2000));
  await there.strategies.bulkPut([strategy('a', 5), strategy('b', 7)]);
  await there.runs.bulkPut([run('r1'), run('r2')]);
  const report = await importArchive(here, await archive(there));
  expect(report).toMatchObject({ ok: true, value: { bars: 800, strategies: 1, runs: 1 } });
  const loaded = await loadBars(here, 'EURUSD.H1');
  expect(loaded.ok && plain(loaded.value)).toEqual(plain(bars));
  const strategies = await here.strategies.toArray();
  expect(strategies.map(({ id, updatedMs }) => [id, updatedMs])).toEqual([
    ['a', 10],
    ['b', 7],
    ['c', 1],
  ]);
  expect((await here.runs.get('r1'))?.note).toBe('mine');
});

test('a series that the archive has with other columns stays and is named', async () => {
  await save(here, makeBars({ count: 100, seed: 1 }));
  await save(there, makeBars({ count: 100, seed: 1, ask: true }));
  const before = await here.chunks.toArray();
  const report = await importArchive(here, await archive(there));
  expect(report).toMatchObject({ ok: true, value: { bars: 0, keptSeries: ['EURUSD.H1'] } });
  expect(await here.chunks.toArray()).toEqual(before);
});

test('the lines of a file that were wrong are still told of', async () => {
  await fill(here);
  await importArchive(there, await archive(here));
  const [series] = await there.series.toArray();
  expect(series!.sources.map(({ problems }) => problems)).toEqual([7]);
});

test('a run under way stays on its device', async () => {
  await here.settings.bulkPut([
    { key: 'pending-run.x', value: 1 },
    { key: 'theme', value: 'dark' },
  ]);
  await importArchive(there, await archive(here));
  expect(await there.settings.toArray()).toEqual([{ key: 'theme', value: 'dark' }]);
});

test('two halves of a search make it whole, and what is stored of it stays', async () => {
  await here.sweeps.put(sweep);
  await here.sweepBatches.bulkPut([batchOf(0), batchOf(1)]);
  await there.sweeps.put({ ...sweep, state: 'stopped' });
  await there.sweepBatches.bulkPut([batchOf(1, 100), batchOf(2)]);
  const file = await archive(there);
  expect(await importArchive(here, file)).toMatchObject({ ok: true, value: { sweeps: 1 } });
  expect(await here.sweepBatches.toArray()).toEqual([batchOf(0), batchOf(1), batchOf(2)]);
  expect(await here.sweeps.toArray()).toEqual([{ ...sweep, state: 'finished' }]);
  expect(await importArchive(here, file)).toMatchObject({ ok: true, value: { sweeps: 0 } });
});

test('a search is not finished because an archive says so', async () => {
  await there.sweeps.put({ ...sweep, state: 'finished' });
  await there.sweepBatches.put(batchOf(0));
  await importArchive(here, await archive(there));
  expect(await here.sweeps.toArray()).toEqual([{ ...sweep, state: 'open' }]);
});

test('a search that is here with other rules keeps its trials to itself', async () => {
  await here.sweeps.put(sweep);
  await there.sweeps.put({ ...sweep, source: `${sweep.source}\n` });
  await there.sweepBatches.put(batchOf(0));
  const report = await importArchive(here, await archive(there));
  expect(report).toMatchObject({ ok: true, value: { sweeps: 0 } });
  expect(await here.sweeps.toArray()).toEqual([sweep]);
  expect(await here.sweepBatches.toArray()).toEqual([]);
});

test('a damaged archive writes nothing at all', async () => {
  await fill(there);
  const bytes = new Uint8Array(await (await archive(there)).arrayBuffer());
  bytes[bytes.length >> 1]! ^= 1;
  for (const file of [new Blob([bytes]), new Blob([bytes.slice(0, -30)]), new Blob([])]) {
    expect(await importArchive(here, file)).toMatchObject({
      ok: false,
      error: { code: 'store.archive-invalid' },
    });
  }
  expect(Object.values(await everything(here)).flat()).toEqual([]);
});

test('the worker does both', async () => {
  const database = new Database();
  await Promise.all(database.tables.map((table) => table.clear()));
  await fill(database);
  const worker = new Worker(new URL('./archive.worker.ts', import.meta.url), { type: 'module' });
  const archives = wrap<ArchiveWorker>(worker);
  const file = await archives.exportAll();
  if (!file.ok) throw new Error(file.error.detail);
  const before = await everything(database);
  await Promise.all(database.tables.map((table) => table.clear()));
  expect(await archives.importAll(file.value)).toMatchObject({ ok: true, value: { bars: 3150 } });
  expect(await everything(database)).toEqual(before);
  worker.terminate();
  await database.delete({ disableAutoOpen: true });
});
