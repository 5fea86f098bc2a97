import { wrap } from 'comlink';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChartLayout } from '#core/collections/chart-layout.ts';
import type { Drawing } from '#core/collections/drawing.ts';
import type { Statement } from '#core/collections/statement.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { writeDeals } from './statement-content.ts';
import type { Picture } from '#core/collections/picture.ts';
import type { Note } from '#core/collections/note.ts';
import type { Run } from '#core/collections/run.ts';
import type { Strategy } from '#core/collections/strategy.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { statistics, type Statistics } from '#core/statistics/registry.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { makeBars, plain } from '#core/market/made-bars.ts';
import { makeTicks } from '#core/market/made-ticks.ts';
import { emptyColumns } from '#core/optimise/measures.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import type { ArchiveWorker } from './api.ts';
import { exportArchive, importArchive } from './archive.ts';
import { Database, replicaTables, type RunArrays, type SweepBatch } from './database.ts';
import { saveBars } from './save-bars.ts';
import { saveTicks } from './save-ticks.ts';
import { loadBars } from './series.ts';
import { writeChanges } from './writing.ts';

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

const save = (database: Database, bars: Bars, symbol = 'EURUSD') =>
  saveBars(database, {
    symbol,
    timeframe: 'H1',
    bars,
    source: { fileName: 'a.csv', format: 'generic', zone: 'UTC', problems: 7 },
    onConflict: 'keep',
    nowMs: 1_000,
  });

const strategy = (id: string, updatedMs: number): Strategy => ({
  id,
  name: `Strategy ${id} of ${updatedMs}`,
  source: 'let a = sma(close, 10)',
  inputs: { fast: 10 },
  settings: defaultSettings,
  createdMs: 1,
  updatedMs,
  deletedMs: null,
});

const run = (id: string): Run => ({
  id,
  strategyId: null,
  strategyName: 'S',
  source: '',
  inputs: {},
  settings: defaultSettings,
  seriesId: 'EURUSD.H1',
  hash: 'ab'.repeat(32),
  bars: 3,
  firstMs: 1,
  lastMs: 2,
  warmupBars: 0,
  roundTrips: 1,
  ambiguousRoundTrips: 0,
  droppedEntries: 0,
  stats: {
    ...(Object.fromEntries(statistics.map(({ key }) => [key, null])) as Statistics),
    cagrPct: 1.5,
  },
  createdMs: 5,
  tookMs: 6,
  note: '',
});

const broadRun = (id: string): Run => ({
  ...run(id),
  portfolio: ['GBPUSD.H1'],
  inner: { seriesIds: ['EURUSD.ticks', 'GBPUSD.ticks'], bars: 3, covered: 2 },
  companions: ['USDCHF.H1'],
  band: { trips: 1, bestEquity: 4.5, worstEquity: 3 },
});

const arrays = (runId: string): RunArrays => ({
  runId,
  equity: Float64Array.of(1, 2.5, 3),
  roundTrips: {
    count: 1,
    entryBar: Int32Array.of(1),
    exitBar: Int32Array.of(2),
    entryMs: Float64Array.of(10),
    exitMs: Float64Array.of(20),
    entryPrice: Float64Array.of(1.1),
    exitPrice: Float64Array.of(1.2),
    units: Float64Array.of(-3),
    profit: Float64Array.of(0.1),
    commission: Float64Array.of(0),
    exitReason: Uint8Array.of(3),
    ambiguous: Uint8Array.of(1),
  },
});

/** Those of a run on two markets, with everything that only some runs have. */
const broadArrays = (runId: string): RunArrays => {
  const { roundTrips, ...rest } = arrays(runId);
  return {
    ...rest,
    timelineMs: Float64Array.of(10, 15, 20),
    roundTrips: {
      ...roundTrips,
      market: Uint16Array.of(1),
      swap: Float64Array.of(-0.5),
      slippage: Float64Array.of(0.25),
      otherProfit: Float64Array.of(NaN),
    },
  };
};

const sweep = makeSweep(makeBars({ count: 100, seed: 2 }), { id: 's1', batchTrials: 25 });

/** A batch of the search, whose values tell which batch it is and who computed it. */
const batchOf = (batch: number, mark = 0): SweepBatch => {
  const trials = batch === 2 ? 10 : 25;
  const columns = emptyColumns(trials, { segments: 1, figures: sweep.figures });
  columns.values[1] = batch + mark;
  return { sweepId: 's1', batch, states: columns.states.fill(0), values: columns.values };
};

const note = (text: readonly string[]): Note => ({
  ...{ id: 'n1', title: 'Plan', text, excerpt: 'one two', tags: ['fx'] },
  ...{ subject: null, createdMs: 1, updatedMs: text.length },
});

const symbol = {
  ...{ id: 'Watchlist EURUSD', list: 'Watchlist', symbol: 'EURUSD', order: 'a0' },
  ...{ note: '', addedMs: 1 },
};

const layout: ChartLayout = {
  ...{ id: 'main', name: 'My charts', grid: 'columns', createdMs: 1, updatedMs: 2 },
  ...{ linksSymbol: true, linksTimeframe: false, hidesDrawings: false },
  panes: {
    a: {
      symbol: { symbol: 'EURUSD', accountId: null },
      ...{ timeframe: 'H1', style: 'candles', indicators: [], hasSessions: true },
    },
  },
};
const drawing: Drawing = {
  ...{ id: 'd1', symbol: 'EURUSD', timeframe: null, tool: 'horizontal', ink: 'blue' },
  ...{ points: [{ ms: 5, price: 1.1 }], text: '', isLocked: false, createdMs: 1 },
};

const picture: Picture = {
  ...{ id: 'p1', noteId: 'n1', name: 'EURUSD H1', type: 'image/webp' },
  ...{ width: 2, height: 1, bytes: 3, createdMs: 5 },
};

const dealBytes = writeDeals([madeDeal({}), madeDeal({ deal: '2', comment: 'Ä' })]);
const statement: Statement = {
  ...{ id: 's1', fileName: 'a.html', format: 'mt5-html', account: '100@Demo', currency: 'USD' },
  ...{ zone: 'UTC', importedMs: 7, deals: 2, firstMs: 0, lastMs: 0 },
  ...{ startBalance: 0, endBalance: 10.5, bytes: dealBytes.length },
};

async function fill(database: Database): Promise<void> {
  await save(database, makeBars({ count: 3000, seed: 1, ask: true, volume: true }));
  await save(database, makeBars({ count: 100, seed: 2 }), 'GBPUSD');
  await saveTicks(database, {
    symbol: 'EURUSD',
    ticks: makeTicks({ count: 50, seed: 3 }),
    source: { fileName: 't.csv', format: 'quotes', zone: 'UTC', problems: 0 },
    nowMs: 1_000,
  });
  await database.strategies.bulkPut([strategy('a', 1), strategy('b', 5)]);
  await database.runs.bulkPut([run('r1'), broadRun('r2')]);
  await database.runArrays.bulkPut([arrays('r1'), broadArrays('r2')]);
  await database.settings.put({ key: 'theme', value: { dark: true } });
  await database.sweeps.bulkPut([sweep, { ...sweep, id: 's2', state: 'stopped' }]);
  await database.sweepBatches.bulkPut([batchOf(0), batchOf(2)]);
  await database.notes.put(note(['one', 'two']));
  await database.watchlist.put(symbol);
  await database.layouts.put(layout);
  await database.drawings.put(drawing);
  await database.pictures.put(picture);
  await database.pictureBytes.put({ pictureId: 'p1', bytes: Uint8Array.of(1, 2, 3) });
  await database.statements.put(statement);
  await database.statementBytes.put({ statementId: 's1', bytes: dealBytes });
  await database.tripMarks.put({ id: '1@Demo 1', tags: ['late'], rating: 4, updatedMs: 3 });
  await database.handTrips.put({
    ...{ id: 'h1', account: 'Mine', currency: null, symbol: 'DAX', side: 'buy', volumeLots: 1 },
    ...{ openedMs: 1, closedMs: 2, entryPrice: 10, exitPrice: 11, sl: null, profit: 1, costs: 0 },
    updatedMs: 3,
  });
}

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
      ...{ tripMarks: 1, handTrips: 1 },
      sweeps: 2,
      keptSeries: [],
    },
  });
  const before = await everything(here);
  expect(await everything(there)).toEqual(before);
  // A table without a row here is one whose way through the archive nothing tests.
  const empty = Object.entries(before).filter(([, rows]) => rows!.length === 0);
  expect(empty).toEqual([]);
  const files = await there.priceFiles.toArray();
  expect(files).toEqual(expect.arrayContaining(await here.priceFiles.toArray()));
  expect(files).toHaveLength(6);
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
