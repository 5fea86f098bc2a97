import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import { sliceBars } from '#core/market/bars.ts';
import { makeBars, plain } from '#core/market/made-bars.ts';
import { Database } from './database.ts';
import { saveBars, type SaveRequest } from './save-bars.ts';
import { deleteSeries, loadBars, loadLastBars } from './series.ts';

let database: Database;
beforeEach(() => {
  database = new Database(`test-${Math.random()}`);
});
afterEach(() => database.delete());

const request = (bars: Bars, more: Partial<SaveRequest> = {}): SaveRequest => ({
  symbol: 'EURUSD',
  timeframe: 'H1',
  bars,
  source: { fileName: 'a.csv', format: 'generic', zone: 'UTC', problems: 0 },
  onConflict: 'keep',
  nowMs: 1_000,
  ...more,
});

async function load() {
  const bars = await loadBars(database, 'EURUSD.H1');
  if (!bars.ok) throw new Error(bars.error.detail);
  return plain(bars.value);
}

async function save(bars: Bars, more: Partial<SaveRequest> = {}) {
  const saved = await saveBars(database, request(bars, more));
  if (!saved.ok) throw new Error(saved.error.detail);
  return saved.value;
}

test('loads the very bars that were saved', async () => {
  const bars = makeBars({ count: 3000, seed: 1, ask: true, volume: true });
  const saved = await save(bars);
  expect(saved.added).toBe(3000);
  expect(saved.series).toMatchObject({ id: 'EURUSD.H1', bars: 3000, hasAsk: true, scale: 100_000 });
  expect(await load()).toEqual(plain(bars));
});

test('saving the same bars again changes nothing', async () => {
  const bars = makeBars({ count: 2000, seed: 2 });
  const first = await save(bars);
  const rows = await database.chunks.toArray();
  const again = await save(bars, { nowMs: 2_000 });
  expect(again).toMatchObject({ added: 0, unchanged: 2000, replaced: 0, conflicts: [] });
  expect(again.series).toEqual(first.series);
  expect(await database.chunks.toArray()).toEqual(rows);
});

test('parts saved in any order make the whole', async () => {
  const bars = makeBars({ count: 5000, seed: 3, volume: true });
  await save(bars);
  const whole = await database.chunks.toArray();
  await deleteSeries(database, 'EURUSD.H1');
  for (const [from, to] of [
    [4000, 5000],
    [0, 1500],
    [900, 3100],
    [3000, 4200],
  ] as const) {
    await save(sliceBars(bars, from, to));
  }
  expect(await database.chunks.toArray()).toEqual(whole);
  expect((await database.series.get('EURUSD.H1'))?.bars).toBe(5000);
});

test('keeps or replaces a bar stored with another price, as asked', async () => {
  const bars = makeBars({ count: 100, seed: 4 });
  const changed = { ...bars, bid: { ...bars.bid, high: bars.bid.high.map((high) => high + 7) } };
  const other = sliceBars(changed as Bars, 10, 20);
  await save(bars);
  const kept = await save(other);
  expect(kept).toMatchObject({ added: 0, replaced: 0 });
  expect(kept.conflicts).toHaveLength(10);
  expect(await load()).toEqual(plain(bars));
  const replaced = await save(other, { onConflict: 'replace' });
  expect(replaced.replaced).toBe(10);
  expect((await load()).bid.high[10]).toBe(other.bid.high[0]! / other.scale);
});

test('a cancelled save leaves nothing, however far it came', async () => {
  const bars = makeBars({ count: 5000, seed: 5 });
  let looks = 0;
  const saved = await saveBars(database, request(bars, { isCancelled: () => ++looks > 3 }));
  expect(saved).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
  expect(await database.chunks.count()).toBe(0);
  expect(await database.series.count()).toBe(0);
});

test('two saves at once of parts of one series both end in it', async () => {
  const bars = makeBars({ count: 4000, seed: 6 });
  const tab = new Database(database.name);
  await Promise.all([
    saveBars(database, request(sliceBars(bars, 0, 2500))),
    saveBars(tab, request(sliceBars(bars, 1500, 4000))),
  ]);
  tab.close();
  expect(await load()).toEqual(plain(bars));
  expect((await database.series.get('EURUSD.H1'))?.bars).toBe(4000);
});

test('refuses to mix bars with and without an ask', async () => {
  await save(makeBars({ count: 100, seed: 7 }));
  const later = makeBars({ count: 100, seed: 7, ask: true, firstMs: Date.UTC(2030, 0) });
  const saved = await saveBars(database, request(later));
  expect(saved).toMatchObject({ ok: false, error: { code: 'import.columns-mismatch' } });
});

test('a flipped bit is damage, never another price', async () => {
  await save(makeBars({ count: 300, seed: 8 }));
  const chunk = (await database.chunks.toCollection().first())!;
  chunk.bytes[chunk.bytes.length - 20]! ^= 4;
  await database.chunks.put(chunk);
  const bars = await loadBars(database, 'EURUSD.H1');
  expect(bars).toMatchObject({ ok: false, error: { code: 'store.damaged' } });
});

test('loads the last bars before an instant and no month more than they need', async () => {
  const bars = makeBars({ count: 6000, seed: 9 });
  await save(bars);
  for (const [count, index] of [
    [10, 6000],
    [1000, 6000],
    [500, 1234],
    [5000, 300],
    [1, 1],
  ] as const) {
    const beforeMs = index === 6000 ? undefined : bars.timesMs[index]!;
    const last = await loadLastBars(database, 'EURUSD.H1', count, beforeMs);
    if (!last.ok) throw new Error(last.error.detail);
    expect(plain(last.value)).toEqual(plain(sliceBars(bars, Math.max(0, index - count), index)));
  }
});

test('a series that was removed is not found', async () => {
  await save(makeBars({ count: 100, seed: 10 }));
  await deleteSeries(database, 'EURUSD.H1');
  const bars = await loadBars(database, 'EURUSD.H1');
  expect(bars).toMatchObject({ ok: false, error: { code: 'store.not-found' } });
  expect(await database.chunks.count()).toBe(0);
});
