/** The optimise worker: wiring alone. */
import * as Comlink from 'comlink';
import { Database } from '#workers/store/database.ts';
import { loadBars } from '#workers/store/series.ts';
import { openBatches } from './batches.ts';
import { openLuck } from './luck-run.ts';
import { createWalk } from './order-walk.ts';
import { saveBatch } from './sweep-store.ts';

const database = new Database();

const loadSeries = (seriesId: string) => loadBars(database, seriesId);

const batches = openBatches({
  loadBars: loadSeries,
  saveBatch: (sweepId, batch, columns) => saveBatch(database, sweepId, batch, columns),
});

Comlink.expose({
  ...batches,
  async batch(index: number, combinations?: readonly number[]) {
    const done = await batches.batch(index, combinations);
    return done.ok ? Comlink.transfer(done, [done.value.values.buffer]) : done;
  },
  ...openLuck({ loadBars: loadSeries, walk: createWalk(), nowMs: Date.now }),
});
