/** Series of ticks in the browser's database: stored whole, merged, read by day, deleted, carried. */
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeBars } from '#core/market/made-bars.ts';
import { makeTicks, plainTicks } from '#core/market/made-ticks.ts';
import { sliceTicks, type Ticks } from '#core/market/ticks.ts';
import { exportArchive, importArchive } from './archive.ts';
import { Database } from './database.ts';
import { saveBars } from './save-bars.ts';
import { saveTicks, type SaveTicksRequest } from './save-ticks.ts';
import { deleteSeries } from './series.ts';
import { loadTicks } from './tick-series.ts';

const name = `ticks-${Math.random()}`;
let database: Database;
beforeEach(() => {
  database = new Database(name);
});
afterEach(() => database.delete());

/** Some three days of ticks, many of them at one instant. */
const ticks = makeTicks({ count: 4000, seed: 1, mostStepMs: 120_000, volume: true });

const request = (part: Ticks, more: Partial<SaveTicksRequest> = {}): SaveTicksRequest => ({
  symbol: 'EURUSD',
  ticks: part,
  source: { fileName: 'a.csv', format: 'quotes', zone: 'UTC', problems: 0 },
  nowMs: 1_000,
  ...more,
});

async function save(part: Ticks, more: Partial<SaveTicksRequest> = {}) {
  const saved = await saveTicks(database, request(part, more));
  if (!saved.ok) throw new Error(saved.error.detail);
  return saved.value;
}

async function load(from = database) {
  const loaded = await loadTicks(from, 'EURUSD.ticks');
  if (!loaded.ok) throw new Error(loaded.error.detail);
  return plainTicks(loaded.value);
}

test('loads the very ticks that were saved', async () => {
  const saved = await save(ticks);
  expect(saved).toMatchObject({ added: 4000, unchanged: 0 });
  expect(saved.series).toMatchObject({
    id: 'EURUSD.ticks',
    timeframe: 'ticks',
    bars: 4000,
    firstMs: ticks.timesMs[0],
    lastMs: ticks.timesMs.at(-1),
    hasAsk: true,
    hasVolume: true,
  });
  expect(await load()).toEqual(plainTicks(ticks));
  const chunks = await database.tickChunks.toArray();
  expect(chunks.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBe(saved.series.storedBytes);
});

test('the same ticks again change nothing', async () => {
  const first = await save(ticks);
  const rows = await database.tickChunks.toArray();
  const again = await save(ticks, { nowMs: 2_000 });
  expect(again).toMatchObject({ added: 0, unchanged: 4000, series: first.series });
  expect(await database.tickChunks.toArray()).toEqual(rows);
});

test('parts that overlap make the whole, in any order', async () => {
  await save(ticks);
  const whole = await database.tickChunks.toArray();
  await deleteSeries(database, 'EURUSD.ticks');
  const cuts = [3000, 0, 900].map(startOfInstant);
  const ends = [4000, 1500, 3100].map(startOfInstant);
  for (const [i, from] of cuts.entries()) await save(sliceTicks(ticks, from, ends[i]!));
  expect(await database.tickChunks.toArray()).toEqual(whole);
  expect((await database.series.get('EURUSD.ticks'))?.bars).toBe(4000);
});

function startOfInstant(index: number): number {
  let at = index;
  while (at < 4000 && at > 0 && ticks.timesMs[at] === ticks.timesMs[at - 1]) at--;
  return at;
}

test('a span of days is read without the others', async () => {
  await save(ticks);
  const middle = ticks.timesMs[2000]!;
  const loaded = await loadTicks(database, 'EURUSD.ticks', { fromMs: middle, toMs: middle });
  if (!loaded.ok) throw new Error(loaded.error.detail);
  const day = Math.floor(middle / 86_400_000);
  const own = Array.from(ticks.timesMs).filter((time) => Math.floor(time / 86_400_000) === day);
  expect(Array.from(loaded.value.timesMs)).toEqual(own);
});

test('ticks with other columns, a bad name or a cancelled import leave all as it was', async () => {
  await save(ticks);
  const rows = await database.tickChunks.toArray();
  const bare = { ...ticks, volume: null };
  const codeOf = async (more: Partial<SaveTicksRequest>) => {
    const saved = await saveTicks(database, request(ticks, more));
    return saved.ok ? 'none' : saved.error.code;
  };
  expect(await codeOf({ ticks: bare })).toBe('import.columns-mismatch');
  expect(await codeOf({ symbol: 'EUR USD' })).toBe('import.name-invalid');
  let looks = 0;
  const other = makeTicks({ count: 3000, seed: 9, mostStepMs: 120_000, volume: true });
  expect(await codeOf({ ticks: other, isCancelled: () => ++looks > 1 })).toBe('work.cancelled');
  expect(await database.tickChunks.toArray()).toEqual(rows);
});

test('a damaged or mislabelled day is noticed', async () => {
  await save(ticks);
  const [first] = await database.tickChunks.toArray();
  const hurt = first!.bytes.slice();
  hurt[40]! ^= 1;
  await database.tickChunks.put({ ...first!, bytes: hurt });
  const damaged = { ok: false, error: { code: 'store.damaged' } };
  expect(await loadTicks(database, 'EURUSD.ticks')).toMatchObject(damaged);
  await database.tickChunks.put({ ...first!, day: '2019-01-01' });
  expect(await loadTicks(database, 'EURUSD.ticks')).toMatchObject(damaged);
});

test('deleting takes the ticks of one series alone, and no bars', async () => {
  await save(ticks);
  await save(ticks, { symbol: 'GBPUSD' });
  const bars = makeBars({ count: 10, seed: 3 });
  const source = { fileName: 'b.csv', format: 'generic', zone: 'UTC', problems: 0 };
  const more = { bars, source, onConflict: 'keep', nowMs: 1 } as const;
  await saveBars(database, { symbol: 'EURUSD', timeframe: 'H1', ...more });
  expect((await deleteSeries(database, 'EURUSD.ticks')).ok).toBe(true);
  expect(await loadTicks(database, 'EURUSD.ticks')).toMatchObject({
    ok: false,
    error: { code: 'store.not-found' },
  });
  expect((await loadTicks(database, 'GBPUSD.ticks')).ok).toBe(true);
  expect((await database.series.toCollection().primaryKeys()).sort()).toEqual([
    'EURUSD.H1',
    'GBPUSD.ticks',
  ]);
  expect(await database.chunks.count()).toBe(1);
});

test('an archive carries ticks to a device that has some of them', async () => {
  await save(ticks);
  const file = await exportArchive(database, 5);
  if (!file.ok) throw new Error(file.error.detail);
  const there = new Database(`there-${Math.random()}`);
  try {
    await saveTicks(there, request(sliceTicks(ticks, 0, startOfInstant(1000))));
    const report = await importArchive(there, file.value);
    expect(report).toMatchObject({
      ok: true,
      value: { series: 1, bars: 4000 - startOfInstant(1000) },
    });
    expect(await load(there)).toEqual(plainTicks(ticks));
    const again = await importArchive(there, file.value);
    expect(again).toMatchObject({ ok: true, value: { series: 0, bars: 0 } });
  } finally {
    await there.delete({ disableAutoOpen: true });
  }
});

test('a database from before there were ticks is opened with all it holds', async () => {
  await database.delete({ disableAutoOpen: true });
  const old = new Dexie(name);
  old.version(2).stores({
    series: 'id',
    chunks: '[seriesId+month]',
    strategies: 'id, updatedMs',
    runs: 'id, createdMs, strategyId',
    runArrays: 'runId',
    settings: 'key',
    sweeps: 'id, createdMs',
    sweepBatches: '[sweepId+batch]',
  });
  await old.table('settings').put({ key: 'theme', value: 'dark' });
  old.close();
  database = new Database(name);
  expect(await database.settings.get('theme')).toEqual({ key: 'theme', value: 'dark' });
  expect((await save(ticks)).added).toBe(4000);
});
