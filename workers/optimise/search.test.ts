/** Whole searches through the pool, their store in memory: who works on them changes nothing. */
import { expect, test } from 'vitest';
import type { Failure } from '#core/errors.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { nothingBeside } from '#core/optimise/beside.ts';
import { drawOn, noneDrawn } from '#core/optimise/guided.ts';
import { emptyColumns, placeColumns, type TrialColumns } from '#core/optimise/measures.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import { batchCount, type Sweep } from '#core/optimise/sweep.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { guidedChoices } from '#lib/optimise/guided-choices.ts';
import { openSweepPool, type SweepEngine, type SweepPool } from '#lib/optimise/sweep-pool.ts';
import { openBatches } from './batches.ts';

const bars = makeBars({ count: 400, seed: 11 });
const sweep = makeSweep(bars, {
  method: 'random',
  seed: 42,
  batchTrials: 7,
  validation: { kind: 'holdout', splitMs: bars.timesMs[260]! },
});
const layout = { segments: sweep.segments.length, figures: sweep.figures };
const allBatches = Array.from({ length: batchCount(sweep) }, (_, index) => index);

type Store = Map<number, TrialColumns>;

/** Workers over one store; each waits a different number of turns before it answers. */
function engines(store: Store, failAt = Infinity): () => SweepEngine {
  let opened = 0;
  return () => {
    const turns = opened++ * 3;
    let ended = false;
    const inner = openBatches({
      takePrices: async () => ok({ bars, beside: nothingBeside, marks: [] }),
      saveBatch: async (_, batch, columns) => {
        if (batch >= failAt) return fail({ code: 'store.full', detail: 'full' });
        store.set(batch, columns);
        return ok(null);
      },
    });
    const gone: Result<never, Failure> = fail({ code: 'work.cancelled', detail: 'ended' });
    return {
      open: (one) => inner.open(one),
      async batch(index, combinations) {
        for (let turn = 0; turn < turns; turn++) await new Promise((next) => setImmediate(next));
        return ended ? gone : inner.batch(index, combinations);
      },
      stop() {
        ended = true;
      },
    };
  };
}

function columnsOf(store: Store): TrialColumns {
  const columns = emptyColumns(sweep.trials, layout);
  for (const [batch, part] of store) placeColumns(columns, part, batch * sweep.batchTrials, layout);
  return columns;
}

function open(
  store: Store,
  workers: number,
  onBatch: (pool: () => SweepPool) => void = () => undefined,
  of: Sweep = sweep,
): SweepPool {
  const missing = allBatches.filter((index) => !store.has(index));
  const pool: SweepPool = openSweepPool(of, {
    openEngine: engines(store),
    workers,
    missing,
    onBatch: () => onBatch(() => pool),
  });
  return pool;
}

async function uninterrupted(workers: number): Promise<TrialColumns> {
  const store: Store = new Map();
  expect(await open(store, workers).ended).toEqual(ok('finished'));
  return columnsOf(store);
}

test('one, two and four workers find the same', async () => {
  const alone = await uninterrupted(1);
  expect(alone.states.every((state) => state === 0)).toBe(true);
  expect(await uninterrupted(2)).toEqual(alone);
  expect(await uninterrupted(4)).toEqual(alone);
});

test.each([1, 2, 5])('a search killed after %i batches goes on to the same end', async (after) => {
  const store: Store = new Map();
  let seen = 0;
  const killed = open(store, 2, (pool) => {
    if (++seen === after) pool().stop();
  });
  expect(await killed.ended).toEqual(ok('stopped'));
  expect(store.size).toBeLessThan(allBatches.length);
  const before = store.size;
  let more = 0;
  expect(await open(store, 3, () => more++).ended).toEqual(ok('finished'));
  expect(more).toBe(allBatches.length - before);
  expect(columnsOf(store)).toEqual(await uninterrupted(1));
});

/** A guided search, whose choices are worked out again from what the store holds. */
function openGuided(
  method: 'genetic' | 'bayesian',
  store: Store,
  workers: number,
  onBatch: (pool: () => SweepPool) => void = () => undefined,
) {
  const made = makeSweep(bars, { method, seed: 3, trials: 60, axes: wide, batchTrials: 2 });
  const of: Sweep = { ...made, drawn: noneDrawn(made) };
  const columns = emptyColumns(of.trials, { segments: 1, figures: of.figures });
  const place = (batch: number) =>
    placeColumns(columns, store.get(batch)!, batch * 2, { segments: 1, figures: of.figures });
  for (const batch of store.keys()) place(batch);
  drawOn(of, columns);
  const choices = guidedChoices(of, columns);
  const pool: SweepPool = openSweepPool(of, {
    openEngine: engines(store),
    workers,
    missing: Array.from({ length: 30 }, (_, index) => index).filter((index) => !store.has(index)),
    chosen: choices.chosen,
    onBatch(index) {
      place(index);
      choices.goOn();
      onBatch(() => pool);
    },
  });
  return { ended: pool.ended, drawn: of.drawn!, columns };
}
const wide = [
  { name: 'fast', from: 2, to: 40, step: 1 },
  { name: 'slow', from: 10, to: 90, step: 2 },
];

test.each(['genetic', 'bayesian'] as const)(
  'a %s search finds the same with any number of workers, killed or not',
  async (method) => {
    const alone = openGuided(method, new Map(), 1);
    expect(await alone.ended).toEqual(ok('finished'));
    const many = openGuided(method, new Map(), 4);
    expect(await many.ended).toEqual(ok('finished'));
    expect(many.drawn).toEqual(alone.drawn);
    expect(many.columns).toEqual(alone.columns);
    const store: Store = new Map();
    let seen = 0;
    const killed = openGuided(method, store, 3, (pool) => {
      if (++seen === 27) pool().stop();
    });
    expect(await killed.ended).toEqual(ok('stopped'));
    const resumed = openGuided(method, store, 2);
    expect(await resumed.ended).toEqual(ok('finished'));
    expect(resumed.drawn).toEqual(alone.drawn);
    expect(resumed.columns).toEqual(alone.columns);
  },
);

test('a guided search stopped while its workers wait for each other ends', async () => {
  const cut = openGuided('bayesian', new Map(), 4, (pool) => pool().stop());
  expect(await cut.ended).toEqual(ok('stopped'));
});

test('a paused search begins no batch until it goes on', async () => {
  const store: Store = new Map();
  let paused: () => void = () => undefined;
  const untilPaused = new Promise<void>((resolve) => {
    paused = resolve;
  });
  const pool = open(store, 2, (self) => {
    if (store.size === 3) {
      self().pause();
      paused();
    }
  });
  await untilPaused;
  for (let turn = 0; turn < 200; turn++) await new Promise((next) => setImmediate(next));
  expect(store.size).toBeLessThanOrEqual(5);
  pool.goOn();
  expect(await pool.ended).toEqual(ok('finished'));
  expect(columnsOf(store)).toEqual(await uninterrupted(1));
});

test('a search stopped while paused ends', async () => {
  const pool = open(new Map(), 2);
  pool.pause();
  pool.stop();
  expect(await pool.ended).toEqual(ok('stopped'));
});

test('a full store ends the search with its reason and keeps what was stored', async () => {
  const store: Store = new Map();
  const pool = openSweepPool(sweep, {
    openEngine: engines(store, 4),
    workers: 1,
    missing: allBatches,
    onBatch: () => undefined,
  });
  expect(await pool.ended).toMatchObject({ ok: false, error: { code: 'store.full' } });
  expect([...store.keys()].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
});

test('a search over prices that have changed says so and finds nothing', async () => {
  const pool = open(new Map(), 2, undefined, { ...sweep, bars: 399 });
  const changed = { ok: false, error: { code: 'optimise.prices-changed' } };
  expect(await pool.ended).toMatchObject(changed);
});

test('a worker that breaks ends the search instead of hanging it', async () => {
  const pool = openSweepPool(sweep, {
    openEngine: () => ({
      open: () => Promise.reject(new Error('broken')),
      batch: () => Promise.reject(new Error('broken')),
      stop: () => undefined,
    }),
    workers: 2,
    missing: allBatches,
    onBatch: () => undefined,
  });
  const crashed = { ok: false, error: { code: 'work.crashed', detail: 'broken' } };
  expect(await pool.ended).toMatchObject(crashed);
});

test('a search with nothing left to do is finished', async () => {
  const pool = openSweepPool(sweep, {
    openEngine: engines(new Map()),
    workers: 2,
    missing: [],
    onBatch: () => undefined,
  });
  expect(await pool.ended).toEqual(ok('finished'));
});
