/** Real workers in a real browser: a search into the database, killed and gone on with. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeBars } from '#core/market/made-bars.ts';
import type { LuckRequest } from '#core/optimise/luck.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import type { PricesMark, Sweep } from '#core/optimise/sweep.ts';
import { deleteSweep, loadSweep, storedTrials } from '#lib/optimise/stored-sweeps.ts';
import { openSweepEngine } from '#lib/optimise/sweep-engine.ts';
import { openSweepPool, type SweepPool } from '#lib/optimise/sweep-pool.ts';
import { Database } from '#workers/store/database.ts';
import { saveBars } from '#workers/store/save-bars.ts';

const database = new Database();
const bars = makeBars({ count: 2_000, seed: 8 });
const sweep = (id: string): Sweep => makeSweep(bars, { id, batchTrials: 10 });

beforeAll(async () => {
  const source = { fileName: 'a.csv', format: 'generic', zone: 'UTC', problems: 0 };
  const request = { symbol: 'MADE', timeframe: 'H1', bars, source, nowMs: 1 };
  const saved = await saveBars(database, { ...request, onConflict: 'keep' });
  if (!saved.ok) throw new Error(saved.error.detail);
});
afterEach(async () => {
  await database.sweeps.clear();
  await database.sweepBatches.clear();
});
afterAll(() => database.delete());

async function search(
  id: string,
  workers: number,
  onBatch: (pool: () => SweepPool) => void = () => undefined,
): Promise<string> {
  const { sweep: kept, missing } = (await loadSweep(database, id))!;
  const pool: SweepPool = openSweepPool(kept, {
    openEngine: openSweepEngine,
    workers,
    missing,
    onBatch: () => onBatch(() => pool),
  });
  const ended = await pool.ended;
  return ended.ok ? ended.value : ended.error.code;
}

test('two workers store what one stores, batch by batch', async () => {
  await database.sweeps.bulkPut([sweep('one'), sweep('two')]);
  expect(await search('one', 1)).toBe('finished');
  expect(await search('two', 2)).toBe('finished');
  const [one, two] = [await loadSweep(database, 'one'), await loadSweep(database, 'two')];
  expect(one!.missing).toEqual([]);
  expect(two!.columns).toEqual(one!.columns);
  expect(await storedTrials(database, [sweep('two')])).toEqual(new Map([['two', 60]]));
});

test('a search whose workers are killed goes on from what is stored', async () => {
  await database.sweeps.bulkPut([sweep('whole'), sweep('cut')]);
  expect(await search('whole', 2)).toBe('finished');
  expect(await search('cut', 2, (pool) => pool().stop())).toBe('stopped');
  const cut = await loadSweep(database, 'cut');
  expect(cut!.missing.length).toBeGreaterThan(0);
  expect(cut!.missing.length).toBeLessThan(6);
  expect(await search('cut', 2)).toBe('finished');
  const [whole, mended] = [await loadSweep(database, 'whole'), await loadSweep(database, 'cut')];
  expect(mended!.columns).toEqual(whole!.columns);
});

test('a search deleted while it runs ends, and nothing of it comes back', async () => {
  await database.sweeps.put(sweep('gone'));
  let first = true;
  const ended = await search('gone', 1, () => {
    if (first) void deleteSweep(database, 'gone');
    first = false;
  });
  expect(['store.not-found', 'finished']).toContain(ended);
  expect(await loadSweep(database, 'gone')).toBeNull();
  expect(await database.sweepBatches.count()).toBe(0);
});

test('a search along smaller bars is walked along what is stored, as long as it is the same', async () => {
  // Each hour holds itself, so that the walk inside it ends as the one on the hour alone.
  const source = { fileName: 'b.csv', format: 'generic', zone: 'UTC', problems: 0 };
  const request = { symbol: 'MADE', timeframe: 'M30', bars, source, nowMs: 1 };
  const saved = await saveBars(database, { ...request, onConflict: 'keep' });
  if (!saved.ok) throw new Error(saved.error.detail);
  const mark: PricesMark = {
    id: 'MADE.M30',
    bars: bars.length,
    firstMs: bars.timesMs[0]!,
    lastMs: bars.timesMs.at(-1)!,
  };
  const settings = { ...sweep('inside').settings, path: 'lowerTimeframe' } as const;
  await database.sweeps.bulkPut([
    sweep('alone'),
    { ...sweep('inside'), settings, beside: [mark] },
    { ...sweep('other'), settings, beside: [{ ...mark, bars: 7 }] },
    { ...sweep('ticks'), settings: { ...settings, path: 'ticks' }, beside: [] },
  ]);
  expect(await search('alone', 1)).toBe('finished');
  expect(await search('inside', 2)).toBe('finished');
  const [alone, inside] = [await loadSweep(database, 'alone'), await loadSweep(database, 'inside')];
  // The engine of the one adds in another order than the broker of the other.
  const rounded = (values: Float64Array) => Array.from(values, (v) => Number(v.toPrecision(7)));
  expect(rounded(inside!.columns.values)).toEqual(rounded(alone!.columns.values));
  expect(await search('other', 1)).toBe('optimise.prices-changed');
  expect(await search('ticks', 1)).toBe('run.inner-missing');
});

test('a question of luck is answered by the worker, with its progress', async () => {
  const request: LuckRequest = {
    sweep: sweep('luck'),
    trial: 20,
    segment: 0,
    objective: 'returnPct',
    scope: 'rule',
    shuffles: 50,
    seed: 1,
  };
  const engine = openSweepEngine();
  const answer = await engine.luck(request, () => undefined);
  engine.stop();
  if (!answer.ok) throw new Error(answer.error.detail);
  expect(answer.value.shuffled).toHaveLength(50);
  expect(answer.value.chance).toBeGreaterThan(0);
});
