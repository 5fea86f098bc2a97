/** The optimise worker: wiring alone. */
import * as Comlink from 'comlink';
import { Database } from '#workers/store/database.ts';
import { partsOfWorkerName } from '#workers/store/database-names.ts';
import { listSeries, loadBars } from '#workers/store/series.ts';
import { loadTicks } from '#workers/store/tick-series.ts';
import { openBatches } from './batches.ts';
import { openLuck } from './luck-run.ts';
import { createWalk } from './order-walk.ts';
import { openSearchPrices } from './search-prices.ts';
import { saveBatch } from './sweep-store.ts';

const database = new Database(partsOfWorkerName(self.name).database);

const takePrices = openSearchPrices({
  listSeries: () => listSeries(database),
  loadBars: (seriesId) => loadBars(database, seriesId),
  loadTicks: (seriesId, span) => loadTicks(database, seriesId, span),
});

const batches = openBatches({
  takePrices,
  saveBatch: (sweepId, batch, columns) => saveBatch(database, sweepId, batch, columns),
});

Comlink.expose({
  ...batches,
  async batch(index: number, combinations?: readonly number[]) {
    const done = await batches.batch(index, combinations);
    return done.ok ? Comlink.transfer(done, [done.value.values.buffer]) : done;
  },
  ...openLuck({ takePrices, walk: createWalk(), nowMs: Date.now }),
});
