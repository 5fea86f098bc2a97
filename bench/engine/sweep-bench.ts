/**
 * How many combinations of a rule text's inputs a search tries a second, in one worker and in
 * two, figures and all. The columns that combinations share are made on the first pass over the
 * search, which is a row of its own; a long search makes them once too.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { batchCount } from '#core/optimise/sweep.ts';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';
import { shapes, shapeSweep, sweepBars } from './sweep-shapes.ts';
import type { SweepOrder } from './sweep-thread.ts';

const ROUNDS = 9;
const leastASecond = 12_000;
const leastTimesTwo = 1.9;

export async function sweepRows(): Promise<Row[]> {
  const bars = sweepBars();
  const threads = [1, 2].map(
    () => new Worker(new URL('sweep-thread.ts', import.meta.url), { execArgv: process.execArgv }),
  );
  try {
    const rows: Row[] = [];
    for (const [shape, { name }] of shapes.entries()) {
      const sweep = shapeSweep(shape, bars);
      const search = (workers: readonly Worker[]) => searchMs(workers, batchCount(sweep));
      const perSecond = (ms: number) => (sweep.trials / ms) * 1000;
      // Compiles the kernel and readies the engine of JavaScript.
      for (const thread of threads) {
        await answer(thread, { open: shape });
        await search([thread]);
        await answer(thread, { open: shape });
      }
      const first = perSecond(await search(threads.slice(0, 1)));
      await search(threads.slice(1));
      const one: number[] = [];
      const gain: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const aloneMs = await search(threads.slice(0, 1));
        one.push(perSecond(aloneMs));
        gain.push(aloneMs / (await search(threads)));
      }
      rows.push(
        oneWorker(name, median(one)),
        firstPass(name, first),
        twoWorkers(name, median(gain)),
      );
    }
    return rows;
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** Each takes the next batch when it is done with one. */
async function searchMs(threads: readonly Worker[], batches: number): Promise<number> {
  const startMs = performance.now();
  let next = 0;
  await Promise.all(
    threads.map(async (thread) => {
      while (next < batches) await answer(thread, { batch: next++ });
    }),
  );
  return performance.now() - startMs;
}

async function answer(thread: Worker, order: SweepOrder): Promise<void> {
  const answered = once(thread, 'message');
  thread.postMessage(order);
  await answered;
}

function oneWorker(shape: string, perSecond: number): Row {
  return {
    name: `sweep, ${shape}, 100,000 bars, one worker`,
    value: perSecond,
    unit: 'combinations/s',
    rival: 'limit',
    ratio: perSecond / leastASecond,
    target: '≥ 12,000 combinations/s',
    pass: perSecond >= leastASecond,
    reason: 'the round trips of a trial and its drawdown take the time, its columns are shared',
  };
}

function firstPass(shape: string, perSecond: number): Row {
  return {
    name: `sweep, ${shape}, one worker, its columns made`,
    value: perSecond,
    unit: 'combinations/s',
    rival: 'limit of the above',
    ratio: perSecond / leastASecond,
    target: 'reported',
    pass: null,
  };
}

function twoWorkers(shape: string, gain: number): Row {
  return {
    name: `sweep, ${shape}, two workers`,
    value: gain,
    unit: '×',
    rival: 'one worker',
    ratio: gain,
    target: '≥ 1.9 ×',
    pass: gain >= leastTimesTwo,
    reason: 'suspected, not traced: both stream their columns through one memory',
  };
}
