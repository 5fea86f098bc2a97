/** One worker of a search, as the optimise worker is wired, over made bars and without a store. */
import { parentPort } from 'node:worker_threads';
import { nothingBeside } from '#core/optimise/beside.ts';
import { ok } from '#core/result.ts';
import { openBatches } from '#workers/optimise/batches.ts';
import { shapeSweep, sweepBars } from './sweep-shapes.ts';

export type SweepOrder = { readonly open: number } | { readonly batch: number };

const bars = sweepBars();
const batches = openBatches({
  takePrices: async () => ok({ bars, beside: nothingBeside, marks: [] }),
  saveBatch: async () => ok(null),
});

parentPort!.on('message', async (order: SweepOrder) => {
  const done =
    'open' in order
      ? await batches.open(shapeSweep(order.open, bars))
      : await batches.batch(order.batch);
  if (!done.ok) throw new Error(done.error.detail);
  parentPort!.postMessage(null);
});
